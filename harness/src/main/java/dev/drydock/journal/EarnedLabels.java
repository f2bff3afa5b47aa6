package dev.drydock.journal;

import dev.drydock.database.Database;
import dev.drydock.database.RetryConflicts;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Which labels of an agent have earned to go live, and each move with what it rests on. */
@Singleton
@RetryConflicts
public class EarnedLabels {

    /**
     * A label that went live or fell back.
     *
     * @param judged outputs that the move rests on
     * @param agreed of these, the ones that people agreed with
     * @param why for people
     */
    @RegisterForReflection
    public record Move(String label, boolean live, Instant at, int judged, int agreed, String why) {

        static Move read(ResultSet row) throws SQLException {
            return new Move(
                    row.getString("label"),
                    row.getBoolean("live"),
                    ResultSets.instant(row, "moved_at"),
                    row.getInt("judged"),
                    row.getInt("agreed"),
                    row.getString("why"));
        }
    }

    /**
     * Where a label stands.
     *
     * @param last its last move
     * @param basis what its count rests on
     */
    public record Standing(Move last, Basis basis) {}

    /**
     * What the count of a label rests on.
     *
     * @param countedFrom what was decided earlier no longer counts; null if everything does
     * @param asked the prompts and models that earned a live label; empty where that is not known
     */
    public record Basis(@Nullable Instant countedFrom, List<Asked> asked) {}

    private final Jdbi jdbi;

    EarnedLabels(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** The labels that ever moved. */
    public List<Standing> of(String agent) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select * from earned_label where agent = :agent order by label")
                .bind("agent", agent)
                .map((row, context) -> new Standing(
                        Move.read(row),
                        new Basis(ResultSets.nullableInstant(row, "counted_from"), Asked.read(row, "asked"))))
                .list());
    }

    /** The latest first. */
    public List<Move> moves(String agent, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select * from earned_label_move where agent = :agent order by id desc limit :limit")
                .bind("agent", agent)
                .bind("limit", limit)
                .map((row, context) -> Move.read(row))
                .list());
    }

    /**
     * Lets a label go live or fall back, with a row for an audit. Outputs of a label that falls back are HELD if they are not
     * being delivered at that moment. Where the basis names no time, an earlier one stays in force.
     *
     * @return false if the label stands so already, because another process moved it
     */
    public boolean move(String agent, Move move, Basis basis) {
        return jdbi.inTransaction(handle -> {
            var moved = store(handle, agent, move, basis);
            if (moved && !move.live()) {
                hold(handle, agent, move.label());
            }
            return moved;
        });
    }

    /** Replaces the prompts and models that a live label rests on. */
    public void rest(String agent, String label, List<Asked> asked) {
        jdbi.useHandle(handle -> handle.createUpdate(
                        "update earned_label set asked = :asked where agent = :agent and label = :label and live")
                .bind("agent", agent)
                .bind("label", label)
                .bindArray("asked", String.class, texts(asked))
                .execute());
    }

    private static List<String> texts(List<Asked> asked) {
        return asked.stream().map(Asked::toString).toList();
    }

    private static boolean store(Handle handle, String agent, Move move, Basis basis) {
        return handle.createUpdate("""
                with moved as (
                    insert into earned_label as mine (agent, label, live, moved_at, judged, agreed, why, counted_from, asked)
                    values (:agent, :label, :live, :at, :judged, :agreed, :why, :from, :asked)
                    on conflict (agent, label) do update set live = :live, moved_at = :at, judged = :judged, agreed = :agreed,
                        why = :why, asked = :asked, counted_from = coalesce(excluded.counted_from, mine.counted_from)
                        where mine.live <> :live
                    returning agent
                )
                insert into earned_label_move (id, agent, label, live, moved_at, judged, agreed, why)
                select :id, agent, :label, :live, :at, :judged, :agreed, :why from moved""")
                        .bind("id", Database.newId())
                        .bind("agent", agent)
                        .bind("label", move.label())
                        .bind("live", move.live())
                        .bind("at", move.at())
                        .bind("judged", move.judged())
                        .bind("agreed", move.agreed())
                        .bind("why", Json.storable(move.why()))
                        .bind("from", basis.countedFrom())
                        .bindArray("asked", String.class, texts(basis.asked()))
                        .execute()
                == 1;
    }

    private static void hold(Handle handle, String agent, String label) {
        handle.createUpdate("""
                update entry set state = 'HELD', hold_reason = 'LABEL', fault = :why
                where agent = :agent and label = :label and state = 'PENDING' and mode = 'LIVE' and approved_at is null
                    and (lease_until is null or lease_until < now())""")
                .bind("agent", agent)
                .bind("label", label)
                .bind("why", StoreDecisions.LABEL_NOT_LIVE)
                .execute();
    }
}
