package dev.drydock.run;

import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Publishes how cycles begin and end. An observer that fails does not affect the cycle. */
@Singleton
class PublishRunEvents {

    private static final Logger LOG = Logger.getLogger(PublishRunEvents.class);

    private final Event<RunEvent> events;

    PublishRunEvents(Event<RunEvent> events) {
        this.events = events;
    }

    /** Returns when all observers were called. Never throws. */
    void publish(RunEvent event) {
        try {
            events.fire(event);
        } catch (RuntimeException e) {
            LOG.errorf(
                    e,
                    "An observer of %s failed; the observers after it were not called",
                    event.getClass().getSimpleName());
        }
    }
}
