package dev.drydock.journal;

import static java.util.Objects.requireNonNull;

import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.database.RetryConflicts;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/**
 * Alerts, each stored together with its notifications. Each transition is one statement, so if several processes see the same
 * state, one of them makes it.
 */
@Singleton
@RetryConflicts
public class AlertJournal {

    private final Jdbi jdbi;

    AlertJournal(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    public Optional<Alert> openOf(String rule, String subject) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select * from alert where rule = :rule and subject = :subject and resolved_at is null")
                .bind("rule", rule)
                .bind("subject", subject)
                .map((row, context) -> Alert.read(row))
                .findOne());
    }

    /** Open alerts of a rule whose event has not happened since then. */
    public List<UUID> unseenSince(String rule, Instant then) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select id from alert where rule = :rule and resolved_at is null and seen_at < :then")
                .bind("rule", rule)
                .bind("then", then)
                .mapTo(UUID.class)
                .list());
    }

    /** Records that the event of an open alert happened again. */
    public void seen(UUID alert, Instant now) {
        jdbi.useHandle(handle -> handle.createUpdate("update alert set seen_at = :now where id = :id")
                .bind("id", alert)
                .bind("now", now)
                .execute());
    }

    /** All that are open. */
    public List<Alert> open() {
        return jdbi.withHandle(handle -> handle.createQuery("select * from alert where resolved_at is null")
                .map((row, context) -> Alert.read(row))
                .list());
    }

    /** Open ones first, then the latest that were resolved. */
    public List<Alert> recent(int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select * from alert order by resolved_at is not null, opened_at desc, id limit :limit")
                .bind("limit", limit)
                .map((row, context) -> Alert.read(row))
                .list());
    }

    /**
     * Opens an alert, unless one of its rule and subject is open, or was resolved after {@code quietSince}.
     *
     * @return whether it was opened now
     */
    public boolean open(Alert alert, Instant quietSince, List<String> channels) {
        return jdbi.withHandle(handle -> handle.createUpdate("""
                with opened as (
                    insert into alert (id, rule, subject, agent, severity, summary, details, opened_at, seen_at)
                    select :id, :rule, :subject, :agent, :severity, :summary, :details, :now, :now
                    where not exists (select from alert
                        where rule = :rule and subject = :subject and resolved_at > :quietSince)
                    on conflict do nothing
                    returning id
                )
                insert into notice (id, alert_id, turn, channel, severity, summary, details, at, state, next_attempt_at)
                select gen_random_uuid(), id, 'OPENED', channel, :severity, :summary, :details, :now, 'WAITING', :now
                from opened, unnest(:channels) as channel""")
                        .bind("id", alert.id())
                        .bind("rule", alert.rule())
                        .bind("subject", alert.subject())
                        .bind("agent", alert.agent())
                        .bind("severity", alert.severity().name())
                        .bind("summary", Json.storable(alert.summary()))
                        .bind("details", Json.storable(alert.details()))
                        .bind("now", alert.openedAt())
                        .bind("quietSince", quietSince)
                        .bindArray("channels", String.class, channels)
                        .execute())
                > 0;
    }

    /** Escalates an open alert, once. Returns whether it was escalated now. */
    public boolean escalate(Alert alert, Severity severity, Instant now, List<String> channels) {
        return jdbi.withHandle(handle -> handle.createUpdate("""
                with escalated as (
                    update alert set severity = :severity, escalated_at = :now
                    where id = :id and escalated_at is null and resolved_at is null
                    returning id, summary, details
                )
                insert into notice (id, alert_id, turn, channel, severity, summary, details, at, state, next_attempt_at)
                select gen_random_uuid(), id, 'ESCALATED', channel, :severity, summary, details, :now, 'WAITING', :now
                from escalated, unnest(:channels) as channel""")
                        .bind("id", alert.id())
                        .bind("severity", severity.name())
                        .bind("now", now)
                        .bindArray("channels", String.class, channels)
                        .execute())
                > 0;
    }

    /** Resolves an open alert, and notifies each channel that was notified of it, unless it was for information only. */
    public void resolve(UUID alert, Instant now) {
        jdbi.useHandle(handle ->
                handle.createUpdate("""
                with resolved as (
                    update alert set resolved_at = :now where id = :id and resolved_at is null
                    returning id, severity, summary, details
                )
                insert into notice (id, alert_id, turn, channel, severity, summary, details, at, state, next_attempt_at)
                select gen_random_uuid(), resolved.id, 'RESOLVED', told.channel, severity, summary, details, :now, 'WAITING', :now
                from resolved, (select distinct channel from notice where alert_id = :id) told
                where severity <> 'INFO'""").bind("id", alert).bind("now", now).execute());
    }

    /** Stores an alert that was opened while the database was unavailable, with its notifications, sent or not. */
    public void store(Alert alert, List<AlertDelivery> deliveries) {
        jdbi.useTransaction(handle -> {
            handle.createUpdate("""
                    insert into alert (id, rule, subject, agent, severity, summary, details,
                        opened_at, seen_at, escalated_at, resolved_at)
                    values (:id, :rule, :subject, :agent, :severity, :summary, :details,
                        :openedAt, :openedAt, :escalatedAt, :resolvedAt)
                    on conflict do nothing""")
                    .bind("id", alert.id())
                    .bind("rule", alert.rule())
                    .bind("subject", alert.subject())
                    .bind("agent", alert.agent())
                    .bind("severity", alert.severity().name())
                    .bind("summary", alert.summary())
                    .bind("details", alert.details())
                    .bind("openedAt", alert.openedAt())
                    .bind("escalatedAt", alert.escalatedAt())
                    .bind("resolvedAt", alert.resolvedAt())
                    .execute();
            var batch = handle.prepareBatch("""
                    insert into notice (id, alert_id, turn, channel, severity, summary, details, at,
                        state, attempts, next_attempt_at, answer, sent_at)
                    values (:id, :alert, :turn, :channel, :severity, :summary, :details, :at,
                        :state, :attempts, :at, :answer, :sentAt)
                    on conflict do nothing""");
            for (var delivery : deliveries) {
                batch.bind("id", delivery.id())
                        .bind("alert", alert.id())
                        .bind(
                                "turn",
                                requireNonNull(delivery.type(), "of this release")
                                        .name())
                        .bind("channel", delivery.channel())
                        .bind("severity", delivery.severity().name())
                        .bind("summary", delivery.summary())
                        .bind("details", delivery.details())
                        .bind("at", delivery.at())
                        .bind("state", delivery.state().name())
                        .bind("attempts", delivery.attempts())
                        .bind("answer", delivery.answer())
                        .bind("sentAt", delivery.sentAt())
                        .add();
            }
            batch.execute();
        });
    }
}
