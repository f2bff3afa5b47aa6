package dev.drydock.console;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.drydock.agent.Mode;
import dev.drydock.journal.StatusFigures.Failure;
import dev.drydock.journal.StatusFigures.LabelCount;
import dev.drydock.journal.StatusFigures.ModelSpend;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The four questions about one agent: is it running, is it working, what does it cost, is it improving.
 *
 * @param verdict one line that answers all of them
 */
public record AgentStatus(
        String agent,
        Mode mode,
        String verdict,
        Running running,
        Working working,
        Costing costing,
        Improving improving) {

    /**
     * The answer to one question.
     *
     * @param word for people, beside a colour
     */
    public record Answer(Tone tone, String word, String summary) {

        /** Whether nobody needs to look. */
        public boolean isOk() {
            return tone != Tone.BAD && tone != Tone.WARN;
        }
    }

    /**
     * Whether runs start and end as they should.
     *
     * @param completed runs of the last 24 hours
     * @param due how many should have
     */
    public record Running(
            @JsonUnwrapped Answer answer,
            @Nullable RunView lastRun,
            @Nullable Instant nextFireAt,
            long completed,
            long due) {}

    /**
     * Whether outputs are out in time, and what failed.
     *
     * @param deadline null if the agent has none
     * @param failures since somebody last said to have seen them
     * @param held outputs that wait for a person
     * @param setAside entries that are POISONED, UNDELIVERABLE or EXPIRED
     * @param labels of the last seven days, beside the seven days before
     */
    public record Working(
            @JsonUnwrapped Answer answer,
            @Nullable String deadline,
            List<Failure> failures,
            long held,
            long setAside,
            List<LabelCount> labels) {}

    /**
     * What it costs.
     *
     * @param todayUsd since midnight in the zone of the process
     * @param budgetUsd null without one
     * @param usualUsd the mean of the days before
     * @param byDay the last 30 days; without those that cost nothing
     * @param byModel of the same days, the most expensive models first
     */
    public record Costing(
            @JsonUnwrapped Answer answer,

            @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal todayUsd,

            @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable
            BigDecimal budgetUsd,

            @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable
            BigDecimal usualUsd,

            Map<LocalDate, BigDecimal> byDay,
            List<ModelSpend> byModel) {}

    /**
     * Whether people agree with it more than they did, and whether it decides more of its eval cases rightly.
     *
     * @param weeks the oldest first; without those in which nothing was judged
     * @param eval the latest that asked the model about all cases; null if there is none
     */
    public record Improving(
            @JsonUnwrapped Answer answer,
            List<Week> weeks,
            @Nullable Eval eval) {}

    /**
     * What an eval measured.
     *
     * @param accuracyBefore of the eval before; null for the first
     */
    public record Eval(
            Instant endedAt,
            int cases,
            double accuracy,
            int dangerous,
            @Nullable Double accuracyBefore) {}

    /**
     * Seven days in which people judged outputs.
     *
     * @param agreement the share of judged outputs that nobody rejected or corrected; null if only ratings were given
     */
    public record Week(
            LocalDate monday,
            long judged,
            @Nullable Double agreement,
            long dangerous,
            @Nullable Double rating) {}

    /** The worst of the four. */
    public Tone tone() {
        var tones = List.of(
                running.answer().tone(),
                working.answer().tone(),
                costing.answer().tone(),
                improving.answer().tone());
        return tones.contains(Tone.BAD) ? Tone.BAD : tones.contains(Tone.WARN) ? Tone.WARN : Tone.GOOD;
    }
}
