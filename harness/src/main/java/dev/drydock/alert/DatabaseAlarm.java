package dev.drydock.alert;

import dev.drydock.concurrent.PeriodicTasks;
import dev.drydock.config.AlertSettings;
import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.config.DrydockConfig;
import dev.drydock.database.Database;
import dev.drydock.database.DatabasePing;
import dev.drydock.journal.AlertJournal;
import dev.drydock.journal.DeferredWrites;
import dev.drydock.journal.Notification.Type;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Tells that the database is away, or that writes wait for it: the one alert that lives in memory, since there is nowhere
 * to store it. When the database is back, it is written down as it was, and its end goes the way of all others.
 */
@Singleton
public class DatabaseAlarm implements AlertRule {

    private static final Logger LOG = Logger.getLogger(DatabaseAlarm.class);

    private static final Duration EVERY = Duration.ofSeconds(5);

    private final DatabasePing ping;
    private final DeferredWrites writes;
    private final AlertJournal journal;
    private final AlertChannels channels;
    private final Runbook runbook;
    private final AlertSettings config;
    private final InstantSource clock;

    private @Nullable Instant awaySince;
    private @Nullable InMemoryAlerts open;

    DatabaseAlarm(
            DatabasePing ping,
            DeferredWrites writes,
            AlertJournal journal,
            AlertChannels channels,
            Runbook runbook,
            DrydockConfig config,
            InstantSource clock) {
        this.ping = ping;
        this.writes = writes;
        this.journal = journal;
        this.channels = channels;
        this.runbook = runbook;
        this.config = config.alerts();
        this.clock = clock;
    }

    void start(@Observes StartupEvent event, PeriodicTasks tasks) {
        tasks.every(EVERY, "Looking for the database", this::evaluate);
    }

    @Override
    public String name() {
        return "database-away";
    }

    @Override
    public Severity severity() {
        return Severity.CRITICAL;
    }

    /** Called every few seconds, by one thread at a time. */
    void evaluate() {
        var now = clock.instant();
        if (ping.answers() && writes.waiting() == 0) {
            over(now);
        } else {
            away(now);
        }
    }

    private void away(Instant now) {
        if (awaySince == null) {
            awaySince = now;
        }
        var since = awaySince;
        if (open == null && !now.isBefore(since.plus(config.rules().databaseAway()))) {
            open = new InMemoryAlerts(this, finding(), since, now, channels.all());
        }
        if (open != null) {
            if (!now.isBefore(open.openedAt().plus(config.escalateAfter()))) {
                open.add(Type.ESCALATED, now);
            }
            open.sendDue(runbook.paragraph(name()), now);
        }
    }

    private void over(Instant now) {
        awaySince = null;
        if (open == null) {
            return;
        }
        try {
            journal.store(open.alert(now), open.notices(now));
            open = null;
        } catch (RuntimeException e) {
            if (!Database.isUnavailable(e)) {
                throw e;
            }
            LOG.debug("The database is away again", e);
        }
    }

    private Finding finding() {
        return new Finding(
                "The database is away",
                "No cycle begins, readiness is down, the process stays up; %d finished pieces of work wait in memory."
                        .formatted(writes.waiting()),
                "the database's own state and log, then DATABASE_URL; /q/health/ready turns UP by itself.");
    }
}
