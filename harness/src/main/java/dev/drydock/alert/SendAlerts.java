package dev.drydock.alert;

import static java.util.Objects.requireNonNull;

import dev.drydock.alert.channel.AlertChannel;
import dev.drydock.alert.channel.AlertChannel.RefusedException;
import dev.drydock.concurrent.PeriodicTasks;
import dev.drydock.database.Database;
import dev.drydock.journal.Alert;
import dev.drydock.journal.AlertDelivery;
import dev.drydock.journal.AlertDelivery.State;
import dev.drydock.journal.AlertOutbox;
import dev.drydock.journal.AlertOutbox.Due;
import dev.drydock.journal.Notification;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jboss.logging.Logger;

/** Sends due notifications to each channel, independently of the others. Failed ones are retried for a day. */
@Singleton
public class SendAlerts {

    private static final Logger LOG = Logger.getLogger(SendAlerts.class);

    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final int BATCH = 4;
    private static final Duration GIVE_UP_AFTER = Duration.ofDays(1);

    private final AlertOutbox outbox;
    private final AlertChannels channels;
    private final Runbook runbook;
    private final InstantSource clock;

    SendAlerts(AlertOutbox outbox, AlertChannels channels, Runbook runbook, InstantSource clock) {
        this.outbox = outbox;
        this.channels = channels;
        this.runbook = runbook;
        this.clock = clock;
    }

    void start(@Observes StartupEvent event, PeriodicTasks tasks) {
        for (var channel : channels.all()) {
            tasks.every(EVERY, "Alerts to " + channel.name(), () -> sendDue(channel));
        }
    }

    /** Sends due notifications to all channels, once: for processes that run one cycle and end. */
    public void sendDue() {
        channels.all().forEach(this::sendDue);
    }

    private void sendDue(AlertChannel channel) {
        try {
            List<Due> batch;
            do {
                batch = outbox.claim(channel.name(), LEASE, BATCH);
                batch.forEach(due -> send(channel, due));
            } while (!batch.isEmpty());
        } catch (RuntimeException e) {
            if (!Database.isUnavailable(e)) {
                throw e;
            }
            LOG.debug("Database unavailable; stored alerts are sent when it is back");
        }
    }

    private void send(AlertChannel channel, Due due) {
        var notification = due.delivery();
        try {
            var answer = channel.send(notification(notification, due.alert()));
            outbox.settle(notification.id(), State.SENT, answer);
        } catch (RefusedException e) {
            LOG.errorf(
                    "Alert channel %s refused an alert of rule %s permanently: %s. Correct its settings, then run ./drydock alert-test",
                    channel.name(), due.alert().rule(), e.getMessage());
            outbox.settle(notification.id(), State.REFUSED, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            putOff(channel, due, e);
        }
    }

    private void putOff(AlertChannel channel, Due due, IOException fault) {
        var notification = due.delivery();
        var why = String.valueOf(fault.getMessage());
        var now = clock.instant();
        if (now.isAfter(notification.at().plus(GIVE_UP_AFTER))) {
            LOG.errorf(
                    "Alert channel %s failed for %s; the alert is discarded: %s", channel.name(), GIVE_UP_AFTER, why);
            outbox.settle(notification.id(), State.GIVEN_UP, why);
        } else {
            var pause = AlertChannels.BACKOFF.after(notification.attempts());
            LOG.warnf(
                    "Alert channel %s failed for an alert of rule %s (%s); next attempt in %s",
                    channel.name(), due.alert().rule(), why, pause);
            outbox.postpone(notification.id(), why, now.plus(pause));
        }
    }

    private Notification notification(AlertDelivery notification, Alert alert) {
        return new Notification(
                alert.id(),
                requireNonNull(notification.type(), "only known types are claimed"),
                alert.rule(),
                alert.agent(),
                notification.severity(),
                notification.summary(),
                notification.details(),
                alert.openedAt(),
                notification.at(),
                runbook.paragraph(alert.rule()));
    }
}
