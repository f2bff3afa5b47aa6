package dev.drydock.journal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a person said of a decision. Correction and note are deleted together with the content of the entry.
 *
 * @param correct JSON of the fields of the decision that were wrong, as they should have been
 * @param correctLabel the label of the decision with these fields
 * @param dangerous whether the corrected mistake was dangerous, by the agent's spec
 * @param rating from 1 (useless) to 5 (perfect)
 * @param givenBy who gave it, as far as that says whether it was given before; null otherwise
 */
public record Feedback(
        UUID id,
        UUID entryId,
        Instant givenAt,
        Source source,
        @Nullable Verdict verdict,
        @Nullable String correct,
        @Nullable String correctLabel,
        boolean dangerous,
        @Nullable Integer rating,
        @Nullable String note,
        @Nullable String givenBy) {

    /** How it was given. */
    public enum Source {
        API,

        /** By a link in a delivered message. */
        LINK,

        /** From a file of what people really did with items. */
        IMPORT,

        /** By a reaction or a command in Slack. */
        SLACK,

        /** Written by a newer release. */
        UNKNOWN
    }

    /** A thumb. */
    public enum Verdict {
        UP,
        DOWN
    }

    static Feedback read(ResultSet row) throws SQLException {
        return new Feedback(
                row.getObject("id", UUID.class),
                row.getObject("entry_id", UUID.class),
                ResultSets.instant(row, "given_at"),
                ResultSets.constant(row.getString("source"), Source.UNKNOWN),
                ResultSets.known(Verdict.class, row.getString("verdict")).orElse(null),
                row.getString("correct"),
                row.getString("correct_label"),
                row.getBoolean("dangerous"),
                row.getObject("rating", Integer.class),
                row.getString("note"),
                row.getString("given_by"));
    }
}
