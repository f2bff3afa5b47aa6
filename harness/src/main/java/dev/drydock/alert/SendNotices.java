package dev.drydock.alert;

import dev.drydock.alert.channel.AlertChannel;
import dev.drydock.alert.channel.NoticeRefusedException;
import dev.drydock.concurrent.PeriodicTasks;
import dev.drydock.database.Database;
import dev.drydock.journal.Alert;
import dev.drydock.journal.Notice;
import dev.drydock.journal.NoticeOutbox;
import dev.drydock.journal.NoticeOutbox.Due;
import dev.drydock.journal.StoredNotice;
import dev.drydock.journal.StoredNotice.State;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jboss.logging.Logger;

/** Gives each channel the notices that wait for it, each channel in its own time; what it does not take is tried again. */
@Singleton
public class SendNotices {

    private static final Logger LOG = Logger.getLogger(SendNotices.class);

    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final int BATCH = 4;
    private static final Duration GIVE_UP_AFTER = Duration.ofDays(1);

    private final NoticeOutbox outbox;
    private final AlertChannels channels;
    private final Runbook runbook;
    private final InstantSource clock;

    SendNotices(NoticeOutbox outbox, AlertChannels channels, Runbook runbook, InstantSource clock) {
        this.outbox = outbox;
        this.channels = channels;
        this.runbook = runbook;
        this.clock = clock;
    }

    void start(@Observes StartupEvent event, PeriodicTasks tasks) {
        for (var channel : channels.all()) {
            tasks.every(EVERY, "Sending alerts to " + channel.name(), () -> sendDue(channel));
        }
    }

    /** Sends what is due, to all channels: for processes that run one cycle and end. */
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
            LOG.debug("The database is away; alerts wait in it");
        }
    }

    private void send(AlertChannel channel, Due due) {
        var notice = due.notice();
        try {
            var answer = channel.send(notice(notice, due.alert()));
            outbox.settle(notice.id(), State.SENT, answer);
        } catch (NoticeRefusedException e) {
            LOG.errorf(
                    "%s refuses an alert of the rule %s for good: %s. Mend its settings, and try ./drydock alert-test",
                    channel.name(), due.alert().rule(), e.getMessage());
            outbox.settle(notice.id(), State.REFUSED, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            putOff(channel, due, e);
        }
    }

    private void putOff(AlertChannel channel, Due due, IOException fault) {
        var notice = due.notice();
        var why = String.valueOf(fault.getMessage());
        var now = clock.instant();
        if (now.isAfter(notice.at().plus(GIVE_UP_AFTER))) {
            LOG.errorf("%s has not taken an alert for %s; it is given up: %s", channel.name(), GIVE_UP_AFTER, why);
            outbox.settle(notice.id(), State.GIVEN_UP, why);
        } else {
            var pause = Backoff.after(notice.attempts());
            LOG.warnf(
                    "%s does not take an alert of the rule %s now (%s); it is tried again in %s",
                    channel.name(), due.alert().rule(), why, pause);
            outbox.postpone(notice.id(), why, now.plus(pause));
        }
    }

    private Notice notice(StoredNotice notice, Alert alert) {
        return new Notice(
                alert.id(),
                notice.turn(),
                alert.rule(),
                alert.agent(),
                notice.severity(),
                notice.summary(),
                notice.details(),
                alert.openedAt(),
                notice.at(),
                runbook.paragraph(alert.rule()));
    }
}
