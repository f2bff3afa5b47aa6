package dev.drydock.outbox;

import dev.drydock.concurrent.GracefulShutdown;
import dev.drydock.concurrent.Watchdog;
import dev.drydock.config.DrydockConfig;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.database.Database;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/** Delivers what is due of one agent, watched: a call that hangs is interrupted, or ends the process. */
@Singleton
class DeliverDue {

    private static final Logger LOG = Logger.getLogger(DeliverDue.class);

    private final Outbox outbox;
    private final GracefulShutdown shutdown;
    private final Watchdog watchdog;
    private final Event<DeliveryEvent> events;
    private final Duration limit;

    DeliverDue(
            Outbox outbox,
            GracefulShutdown shutdown,
            Watchdog watchdog,
            Event<DeliveryEvent> events,
            DrydockConfig config) {
        this.outbox = outbox;
        this.shutdown = shutdown;
        this.watchdog = watchdog;
        this.events = events;
        this.limit = config.stuck().floor();
    }

    /** Never throws: what is due and not delivered is tried again at the next call. */
    void deliver(RegisteredAgent<?, ?> agent) {
        var name = agent.name();
        MDC.put("agent", name);
        MDC.put("mode", agent.settings().mode().name().toLowerCase(Locale.ROOT));
        try (var pass = shutdown.enter();
                var watch = watchdog.watch(
                        "Delivering outputs of agent " + name,
                        limit,
                        () -> events.fire(new DeliveryEvent.Stuck(name, limit)))) {
            outbox.deliver(agent, Optional.empty());
        } catch (InterruptedException e) {
            LOG.info("Deliveries were interrupted; claimed entries that were not sent are released");
        } catch (RuntimeException e) {
            if (Database.isUnavailable(e)) {
                LOG.warn("The database is unavailable; deliveries continue when it is available");
            } else {
                LOG.errorf(e, "Deliveries of %s failed; they are retried when their lease has expired", name);
            }
        } finally {
            MDC.remove("agent");
            MDC.remove("mode");
        }
    }
}
