package dev.drydock.alert;

import dev.drydock.concurrent.PeriodicTasks;
import dev.drydock.config.AlertSettings;
import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.config.DrydockConfig;
import dev.drydock.database.Database;
import dev.drydock.database.DatabasePing;
import dev.drydock.journal.AlertJournal;
import dev.drydock.journal.DeferredWrites;
import dev.drydock.journal.Notification;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Alerts when the database is unavailable or writes wait for it. The only alert that is kept in memory, because it cannot be
 * stored. When the database is back, it is stored, and its end is sent like that of any other alert.
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

    private @Nullable Instant unavailableSince;
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
        tasks.every(EVERY, "Database ping", this::evaluate);
    }

    @Override
    public String name() {
        return "database-away";
    }

    @Override
    public Severity severity() {
        return Severity.CRITICAL;
    }

    /** Called every five seconds, by one thread at a time. */
    void evaluate() {
        var now = clock.instant();
        var problem = ping.problem();
        if (problem.isEmpty() && writes.waiting() == 0) {
            available(now);
        } else {
            unavailable(problem.orElse("writes wait for it"), now);
        }
    }

    private void unavailable(String problem, Instant now) {
        if (unavailableSince == null) {
            unavailableSince = now;
        }
        var since = unavailableSince;
        if (open == null && !now.isBefore(since.plus(config.rules().databaseAway()))) {
            open = new InMemoryAlerts(this, finding(problem), since, now, channels.all());
        }
        if (open != null) {
            if (!now.isBefore(open.openedAt().plus(config.escalateAfter()))) {
                open.add(Notification.Type.ESCALATED, now);
            }
            open.sendDue(runbook.paragraph(name()), now);
        }
    }

    private void available(Instant now) {
        unavailableSince = null;
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
            LOG.debug("Database unavailable again", e);
        }
    }

    private Finding finding(String problem) {
        return new Finding(
                "The database is unavailable: " + problem,
                "No cycle starts, readiness is DOWN, the process keeps running; %d writes wait in memory."
                        .formatted(writes.waiting()),
                "Check the database's state, disk and log, then DATABASE_URL. /q/health/ready turns UP without a restart.");
    }
}
