package dev.drydock.run;

import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Tells whoever watches how a cycle begins and ends. If they fail, that is none of the cycle's business. */
@Singleton
class PublishRunEvents {

    private static final Logger LOG = Logger.getLogger(PublishRunEvents.class);

    private final Event<RunEvent> events;

    PublishRunEvents(Event<RunEvent> events) {
        this.events = events;
    }

    /** Returns when all have heard of it. Never throws. */
    void tell(RunEvent event) {
        try {
            events.fire(event);
        } catch (RuntimeException e) {
            LOG.error("Somebody who watches the cycles failed, and others may not have heard; the cycles go on", e);
        }
    }
}
