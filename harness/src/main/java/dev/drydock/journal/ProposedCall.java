package dev.drydock.journal;

import dev.drydock.agent.SideEffect.Risk;
import dev.drydock.database.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A tool call with side effects, and its state.
 *
 * @param key the same for the same tool with the same arguments
 * @param arguments JSON
 * @param risk IRREVERSIBLE if a newer release wrote one that this one does not know
 * @param idempotent whether making it again does no harm
 * @param result the tool's result, or why it has none
 */
public record ProposedCall(
        UUID id,
        String key,
        String tool,
        String arguments,
        Risk risk,
        boolean idempotent,
        State state,
        @Nullable String result,
        Instant proposedAt,
        @Nullable Instant startedAt,
        @Nullable Instant settledAt) {

    /** The state of a call. */
    public enum State {
        /** In shadow mode: recorded, never executed. */
        RECORDED,

        /** Proposed by the model, not executed yet. */
        PROPOSED,

        /** Waits for an approval. */
        WAITING,

        /** Approved by a person; executed when the entry is decided again. */
        APPROVED,

        /** Being executed. */
        STARTED,

        /** Begun, and it is not known whether it was made: the process ended, or the tool threw an exception. */
        UNSURE,

        /** Executed. */
        DONE,

        /** The tool said that it changed nothing. */
        FAILED,

        /** Not executed, and not proposed again when the entry was decided again. */
        WITHDRAWN,

        /** Written by a newer release: neither made nor changed by this one. */
        UNKNOWN
    }

    /** Whether it has changed nothing, so that the model may propose it with other arguments. */
    public boolean mayChange() {
        return switch (state) {
            case RECORDED, PROPOSED, WAITING, APPROVED, FAILED, WITHDRAWN -> true;
            case STARTED, UNSURE, DONE, UNKNOWN -> false;
        };
    }

    /** The same call in another state. */
    public ProposedCall in(State other) {
        return new ProposedCall(
                id, key, tool, arguments, risk, idempotent, other, result, proposedAt, startedAt, settledAt);
    }

    /** A call that was proposed in a trial. It stands in no journal. */
    public static ProposedCall tried(SideEffectJournal.Call call, Instant now) {
        return new ProposedCall(
                Database.newId(),
                call.key(),
                call.tool(),
                call.arguments(),
                call.risk(),
                call.idempotent(),
                State.RECORDED,
                null,
                now,
                null,
                null);
    }

    static ProposedCall read(ResultSet row) throws SQLException {
        return new ProposedCall(
                row.getObject("id", UUID.class),
                row.getString("call_key"),
                row.getString("tool"),
                row.getString("arguments"),
                ResultSets.constant(row.getString("risk"), Risk.IRREVERSIBLE),
                row.getBoolean("idempotent"),
                ResultSets.constant(row.getString("state"), State.UNKNOWN),
                row.getString("result"),
                ResultSets.instant(row, "proposed_at"),
                ResultSets.nullableInstant(row, "started_at"),
                ResultSets.nullableInstant(row, "settled_at"));
    }
}
