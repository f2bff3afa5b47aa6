package dev.drydock.journal;

import dev.drydock.database.Database;
import dev.drydock.database.RetryConflicts;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/**
 * What a day's model calls may still cost. Money is reserved before a call and settled after it, each in one statement on
 * one row, so that no two threads or processes can both spend the last cent.
 */
@Singleton
@RetryConflicts
public class SpendLedger {

    /** The scope of all agents together. */
    public static final String ALL = "";

    private static final String CANDIDATE = "candidate of ";

    private static final int USUAL_DAYS = 7;

    /** The scope of an agent's candidate. */
    public static String ofCandidate(String agent) {
        return CANDIDATE + agent;
    }

    /** A limit for one scope's spending in a day. */
    public record Limit(String scope, BigDecimal dailyUsd) {}

    /** Money that is held for a call. */
    public record Reservation(UUID id, String scope, LocalDate day) {}

    /** A scope's day so far. */
    public record Day(BigDecimal spentUsd, BigDecimal reservedUsd) {}

    private final Jdbi jdbi;

    SpendLedger(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * Holds an amount back, unless the day would then pass its limit. If the process dies, it is given back after
     * {@code longest}.
     */
    public Optional<Reservation> reserve(Limit limit, LocalDate day, BigDecimal amountUsd, Duration longest) {
        var reservation = new Reservation(Database.newId(), limit.scope(), day);
        var granted = jdbi.withHandle(handle -> handle.createQuery("""
                with granted as (
                    update spend set reserved_usd = reserved_usd + :amount
                    where day = :day and scope = :scope and spent_usd + reserved_usd + :amount <= :limit
                    returning day
                ), held as (
                    insert into reservation (id, scope, day, amount_usd, expires_at)
                    select :id, :scope, day, :amount, now() + :longest * interval '1 millisecond' from granted
                )
                select count(*) from granted""")
                .bind("id", reservation.id())
                .bind("day", day)
                .bind("scope", limit.scope())
                .bind("amount", amountUsd)
                .bind("limit", limit.dailyUsd())
                .bind("longest", longest.toMillis())
                .mapTo(Integer.class)
                .one());
        return granted == 1 ? Optional.of(reservation) : Optional.empty();
    }

    /**
     * Puts what a call really cost in the place of what was held for it.
     *
     * @return false if that was done before
     */
    public boolean settle(Reservation reservation, BigDecimal costUsd) {
        return jdbi.withHandle(handle -> handle.createUpdate("""
                with freed as (
                    delete from reservation where id = :id and scope = :scope returning amount_usd
                )
                update spend set spent_usd = spent_usd + :cost, reserved_usd = reserved_usd - freed.amount_usd
                from freed where day = :day and scope = :scope""")
                        .bind("id", reservation.id())
                        .bind("scope", reservation.scope())
                        .bind("day", reservation.day())
                        .bind("cost", costUsd)
                        .execute())
                == 1;
    }

    /** Gives back what was held for calls whose process has died; should it live, it can still settle them. */
    public void giveBackExpired() {
        jdbi.useHandle(handle -> handle.createUpdate("""
                with dead as (
                    select id, scope, day, amount_usd from reservation where expires_at < now() for update skip locked
                ), emptied as (
                    update reservation set amount_usd = 0, expires_at = 'infinity' from dead
                    where reservation.id = dead.id and reservation.scope = dead.scope
                )
                update spend set reserved_usd = reserved_usd - given.amount
                from (select day, scope, sum(amount_usd) as amount from dead group by day, scope) given
                where spend.day = given.day and spend.scope = given.scope""").execute());
    }

    /** What is held for calls that take longer than {@code longest}: those in a batch. */
    public BigDecimal heldLonger(String scope, LocalDate day, Duration longest) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select coalesce(sum(amount_usd), 0) from reservation
                where scope = :scope and day = :day and expires_at > now() + :longest * interval '1 millisecond'""")
                .bind("scope", scope)
                .bind("day", day)
                .bind("longest", longest.toMillis())
                .mapTo(BigDecimal.class)
                .one());
    }

    /** Creates the row of a scope's day with the cost of the calls that are already stored for it. */
    public void open(String scope, LocalDate day, ZoneId zone) {
        Instant start = day.atStartOfDay(zone).toInstant();
        jdbi.useHandle(handle -> handle.createUpdate("delete from reservation where day < :yesterday")
                .bind("yesterday", day.minusDays(1))
                .execute());
        jdbi.useHandle(handle -> handle.createUpdate("""
                insert into spend (day, scope, spent_usd)
                select :day, :scope, coalesce(sum(cost_usd), 0) from model_call
                where called_at >= :start and (:scope = '' or agent = :scope)
                on conflict do nothing""")
                .bind("day", day)
                .bind("scope", scope)
                .bind("start", start)
                .execute());
    }

    /** What agents, without their candidates, will still spend in this scope, if the day gets as expensive as the most expensive of the last seven. */
    public BigDecimal stillNeeded(String scope, LocalDate day) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                with live as (
                    select day, spent_usd - (select coalesce(sum(spent_usd), 0) from spend other
                        where other.day = mine.day and starts_with(other.scope, :candidate)
                            and :scope in ('', substr(other.scope, length(:candidate) + 1))) as usd
                    from spend mine where scope = :scope and day > :first and day <= :day
                )
                select greatest(0, coalesce(max(usd), 0) - coalesce(max(usd) filter (where day = :day), 0)) from live""")
                .bind("scope", scope)
                .bind("candidate", CANDIDATE)
                .bind("first", day.minusDays(USUAL_DAYS))
                .bind("day", day)
                .mapTo(BigDecimal.class)
                .one());
    }

    public Optional<Day> day(String scope, LocalDate day) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select spent_usd, reserved_usd from spend where day = :day and scope = :scope")
                .bind("day", day)
                .bind("scope", scope)
                .map((row, context) -> new Day(row.getBigDecimal("spent_usd"), row.getBigDecimal("reserved_usd")))
                .findOne());
    }
}
