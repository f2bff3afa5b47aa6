package dev.drydock.console.page;

import dev.drydock.console.ReadableJson;
import dev.drydock.console.Tone;
import dev.drydock.judge.replay.FieldDiff;
import dev.drydock.judge.replay.Lane;
import dev.drydock.judge.replay.ReplayReport;
import dev.drydock.judge.replay.ReplayedEntry;
import dev.drydock.judge.replay.ReplayedEntry.RecordOutcome;
import dev.drydock.judge.replay.ReplayedEntry.VariantOutcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry that was decided again, for people.
 *
 * @param sentence what came of it
 * @param tone of the sentence
 * @param fields that differ
 * @param decision the new one as text; null if it is the same, or if there is none
 */
record ReplayView(
        String title,
        String sentence,
        Tone tone,
        List<String> reasons,
        List<FieldDiff> fields,
        @Nullable String decision) {

    private static final String REPLAY = "Replay from the records";
    private static final String AGAIN = "Decided again by the model";

    /** From the records, without a model. */
    static ReplayView fromRecords(ReplayReport report) {
        if (report.entries() == 0) {
            return nothing(REPLAY);
        }
        if (report.shown().isEmpty()) {
            return new ReplayView(
                    REPLAY,
                    "The same: today's code asks the same questions, and decides the same with the recorded answers.",
                    Tone.GOOD,
                    List.of(),
                    List.of(),
                    null);
        }
        var records = report.shown().get(0).records();
        return new ReplayView(
                REPLAY,
                switch (records.outcome()) {
                    case SAME -> "The same.";
                    case DIFFERS -> "Today's code decides otherwise with the recorded answers.";
                    case OTHER_QUESTION -> "The prompt has changed since: today's code asks another question.";
                    case NOT_ON_RECORD -> "It cannot be replayed: what is needed is not on record.";
                },
                records.outcome() == RecordOutcome.SAME ? Tone.GOOD : Tone.WARN,
                records.reasons(),
                records.fields(),
                text(records.lane()));
    }

    /** By the model, now. */
    static ReplayView live(ReplayReport report) {
        if (report.entries() == 0) {
            return nothing(AGAIN);
        }
        var variant = report.shown().isEmpty() ? null : report.shown().get(0).variant();
        if (variant == null) {
            return new ReplayView(
                    AGAIN, "The same decision. Nothing was stored.", Tone.GOOD, List.of(), List.of(), null);
        }
        return new ReplayView(
                AGAIN,
                switch (variant.outcome()) {
                            case SAME -> "The same decision.";
                            case OTHER_LABEL ->
                                "Another label: %s.".formatted(variant.lane().label());
                            case OTHER_FIELDS -> "The same label, and other fields.";
                            case DECIDED -> "It was decided this time.";
                            case FAILED, NOT_ASKED ->
                                "It could not be decided: %s."
                                        .formatted(variant.lane().fault());
                        }
                        + " Nothing was stored or delivered.",
                variant.outcome() == VariantOutcome.SAME ? Tone.GOOD : Tone.WARN,
                cost(variant),
                variant.fields(),
                text(variant.lane()));
    }

    private static List<String> cost(ReplayedEntry.ByVariant variant) {
        var usd = variant.lane().costUsd();
        return usd == null ? List.of() : List.of("It cost $%s.".formatted(usd));
    }

    private static @Nullable String text(@Nullable Lane lane) {
        return lane == null || lane.decision() == null ? null : ReadableJson.text(lane.decision());
    }

    private static ReplayView nothing(String title) {
        return new ReplayView(
                title, "No run has tried to decide this entry yet.", Tone.NEUTRAL, List.of(), List.of(), null);
    }
}
