package dev.drydock.judge.eval;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an eval found.
 *
 * @param sentence why the verdict is what it is, for people
 * @param result null if it was not measured
 * @param reference what the result is compared with: {@code baseline} or {@code current}; empty if with nothing
 * @param found null if it is compared with nothing
 * @param repeats null if each case was decided once
 */
public record EvalReport(
        String agent,
        Verdict verdict,
        String sentence,
        @Nullable EvalResult result,
        String reference,
        @Nullable Comparison found,
        @Nullable Repeats repeats) {

    /** How it ends. */
    public enum Verdict {
        PASSES(0),
        REGRESSED(6),

        /** Nothing was measured: the model server failed. */
        MODEL_FAILED(9),

        /** Nothing was measured: answers are not recorded, and none may be asked for. */
        NOT_RECORDED(2),

        /** Nothing was measured: the day's budget is spent. */
        BUDGET_SPENT(2),

        /** Nothing was measured: the files of the eval do not permit it. */
        INVALID(2);

        private final int exitCode;

        Verdict(int exitCode) {
            this.exitCode = exitCode;
        }

        public int exitCode() {
            return exitCode;
        }
    }

    /**
     * How stable the answers are.
     *
     * @param changing ids of the cases that were not decided alike each time
     */
    record Repeats(int times, int cases, List<String> changing) {

        Proportion rate() {
            return new Proportion(changing.size(), cases);
        }
    }

    static EvalReport compared(String agent, String reference, EvalResult before, EvalResult after) {
        var comparison = Comparison.of(before, after);
        var judgement = Gate.judge(comparison);
        return new EvalReport(
                agent,
                judgement.passes() ? Verdict.PASSES : Verdict.REGRESSED,
                judgement.passes() ? comparison.labels().verdict() : String.join("; ", judgement.reasons()),
                after,
                reference,
                comparison,
                null);
    }

    static EvalReport alone(String agent, EvalResult result) {
        return new EvalReport(
                agent,
                Verdict.PASSES,
                "there is no baseline to compare with; write one with --update-baseline",
                result,
                "",
                null,
                null);
    }

    static EvalReport notMeasured(String agent, Verdict verdict, String sentence) {
        return new EvalReport(agent, verdict, sentence, null, "", null, null);
    }

    EvalReport accepted(Path baseline) {
        return new EvalReport(
                agent,
                Verdict.PASSES,
                "written to %s: %s".formatted(baseline, sentence),
                result,
                reference,
                found,
                repeats);
    }

    EvalReport repeated(Repeats times) {
        return new EvalReport(agent, verdict, sentence, result, reference, found, times);
    }

    boolean isMeasured() {
        return result != null;
    }

    Optional<Comparison> comparison() {
        return Optional.ofNullable(found);
    }
}
