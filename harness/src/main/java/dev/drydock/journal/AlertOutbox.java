package dev.drydock.journal;

import dev.drydock.database.RetryConflicts;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Alert notifications that are due. Several processes may send at once: each claims what no other has claimed. */
@Singleton
@RetryConflicts
public class AlertOutbox {

    /** A claimed delivery and its alert. */
    public record Due(AlertDelivery delivery, Alert alert) {}

    private static final List<String> KNOWN =
            Arrays.stream(Notification.Type.values()).map(Enum::name).toList();

    private final Jdbi jdbi;
    private final InstantSource clock;

    AlertOutbox(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /**
     * Claims notifications that are due to a channel, for the lease, which is kept by the database's clock. Those of one alert
     * are claimed in their order. Those of a type that only a newer release knows are left to it.
     */
    public List<Due> claim(String channel, Duration lease, int limit) {
        var notices = jdbi.withHandle(handle -> handle.createQuery("""
                update notice set lease_until = now() + :lease * interval '1 millisecond', attempts = attempts + 1
                where id in (
                    select id from notice due
                    where channel = :channel and state = 'WAITING' and turn = any (:known) and next_attempt_at <= :now
                        and (lease_until is null or lease_until < now())
                        and not exists (select from notice before
                            where before.alert_id = due.alert_id and before.channel = due.channel
                                and before.seq < due.seq and before.state = 'WAITING'
                                and before.turn = any (:known))
                    order by seq limit :limit for update skip locked)
                returning *""")
                .bindArray("known", String.class, KNOWN)
                .bind("now", clock.instant())
                .bind("lease", lease.toMillis())
                .bind("channel", channel)
                .bind("limit", limit)
                .map((row, context) -> AlertDelivery.read(row))
                .list());
        return notices.stream()
                .map(delivery -> new Due(delivery, alert(delivery.alertId())))
                .toList();
    }

    private Alert alert(UUID id) {
        return jdbi.withHandle(handle -> handle.createQuery("select * from alert where id = :id")
                .bind("id", id)
                .map((row, context) -> Alert.read(row))
                .one());
    }

    /** Stores the final state of a delivery. */
    public void settle(UUID delivery, AlertDelivery.State state, String answer) {
        update(delivery, state, answer, state == AlertDelivery.State.SENT ? clock.instant() : null, clock.instant());
    }

    /** Stores a failed attempt and the time of the next. */
    public void postpone(UUID delivery, String why, Instant until) {
        update(delivery, AlertDelivery.State.WAITING, why, null, until);
    }

    private void update(
            UUID delivery, AlertDelivery.State state, String answer, @Nullable Instant sentAt, Instant nextAttemptAt) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                update notice set state = :state, answer = :answer, sent_at = :sentAt, next_attempt_at = :next,
                    lease_until = null
                where id = :id""")
                .bind("id", delivery)
                .bind("state", state.name())
                .bind("answer", Json.storable(answer))
                .bind("sentAt", sentAt)
                .bind("next", nextAttemptAt)
                .execute());
    }

    /** All notifications of an alert, in their order. */
    public List<AlertDelivery> of(UUID alert) {
        return jdbi.withHandle(handle -> handle.createQuery("select * from notice where alert_id = :alert order by seq")
                .bind("alert", alert)
                .map((row, context) -> AlertDelivery.read(row))
                .list());
    }
}
