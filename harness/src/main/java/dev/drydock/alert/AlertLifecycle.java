package dev.drydock.alert;

import dev.drydock.alert.AlertRule.Finding;
import dev.drydock.config.AlertSettings;
import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.config.DrydockConfig;
import dev.drydock.database.Database;
import dev.drydock.journal.Alert;
import dev.drydock.journal.AlertJournal;
import dev.drydock.journal.DeferredWrites;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Opens, escalates and resolves alerts. Each transition is stored once, however often and by whom it is requested. */
@Singleton
public class AlertLifecycle {

    /** An agent, or with an empty name the whole process. */
    record Subject(String name, @Nullable String agent) {

        static final Subject PROCESS = new Subject("", null);

        static Subject of(String agent) {
            return new Subject(agent, agent);
        }
    }

    private final AlertJournal journal;
    private final DeferredWrites writes;
    private final AlertChannels channels;
    private final AlertSettings config;
    private final InstantSource clock;

    AlertLifecycle(
            AlertJournal journal,
            DeferredWrites writes,
            AlertChannels channels,
            DrydockConfig config,
            InstantSource clock) {
        this.journal = journal;
        this.writes = writes;
        this.channels = channels;
        this.config = config.alerts();
        this.clock = clock;
    }

    /** The open alerts. */
    List<Alert> open() {
        return journal.open();
    }

    /**
     * Opens an alert if the rule has a finding about the subject, and resolves it if not.
     *
     * @param open the open alerts, read shortly before
     */
    void update(AlertRule rule, Subject subject, Optional<Finding> finding, List<Alert> open) {
        if (finding.isPresent()) {
            raise(rule, subject.name(), subject.agent(), finding.get());
        } else if (open.stream()
                .anyMatch(alert ->
                        alert.rule().equals(rule.name()) && alert.subject().equals(subject.name()))) {
            clear(rule, subject.name());
        }
    }

    /** Opens an alert about an agent, or escalates it if it has been open for long. */
    public void raise(AlertRule rule, String agent, Finding finding) {
        raise(rule, agent, agent, finding);
    }

    /**
     * Opens an alert, or escalates it if it has been open for long. Stored later if the database is unavailable.
     *
     * @param subject what it is about; at most one alert is open for each rule and subject
     * @param agent null if it is about no agent
     */
    public void raise(AlertRule rule, String subject, @Nullable String agent, Finding finding) {
        var now = clock.instant();
        writes.write(
                "an alert",
                () -> journal.openOf(rule.name(), subject)
                        .ifPresentOrElse(
                                open -> seen(rule, open, now), () -> open(rule, subject, agent, finding, now)));
    }

    /** Resolves the open alert, if there is one. */
    public void clear(AlertRule rule, String subject) {
        writes.write(
                "the end of an alert",
                () -> journal.openOf(rule.name(), subject)
                        .ifPresent(open -> journal.resolve(open.id(), clock.instant())));
    }

    /** Resolves the alerts of events that have not happened again. */
    void clearPassed(AlertRule.Expiring rule) {
        var now = clock.instant();
        journal.unseenSince(rule.name(), now.minus(rule.expiresAfter())).forEach(alert -> journal.resolve(alert, now));
    }

    private void open(AlertRule rule, String subject, @Nullable String agent, Finding finding, Instant now) {
        var alert = new Alert(
                Database.newId(),
                rule.name(),
                subject,
                agent,
                rule.severity(),
                finding.summary(),
                finding.details(now),
                now,
                null,
                null);
        journal.open(alert, now.minus(config.coolDown()), channels.wanting(rule.severity()));
    }

    private void seen(AlertRule rule, Alert open, Instant now) {
        if (rule instanceof AlertRule.Expiring) {
            journal.seen(open.id(), now);
        }
        if (open.escalatedAt() == null
                && open.severity() != Severity.INFO
                && !now.isBefore(open.openedAt().plus(config.escalateAfter()))) {
            journal.escalate(open, Severity.CRITICAL, now, channels.wanting(Severity.CRITICAL));
        }
    }
}
