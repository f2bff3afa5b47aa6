package dev.drydock.judge;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drydock.judge.eval.Proportion.Interval;
import dev.drydock.judge.replay.CandidateReport;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What people did against what the agent decided: whether its outputs can go out by themselves.
 *
 * @param since decisions from then on
 * @param needed what the lower bound of the agreement must reach, from 0 to 1
 * @param neededOutputs how many outputs must be judged
 * @param all all labels together
 * @param labels by the label that the agent decided
 * @param days by the day of the decision, in the zone of the process
 * @param dangerous the latest mistakes that the agent's spec calls dangerous
 * @param candidate what another prompt or model decided beside it; null if there is none
 */
@RegisterForReflection
public record AgreementReport(
        String agent,
        Instant since,
        double needed,
        int neededOutputs,
        Agreement all,
        List<Agreement> labels,
        List<Day> days,
        List<Dangerous> dangerous,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable CandidateReport candidate) {

    /** Whether it is enough. */
    public enum Verdict {
        ENOUGH,

        /** The upper bound of the agreement is below what is needed. */
        TOO_LOW,

        /** A mistake was dangerous. */
        DANGEROUS,

        /** More outputs must be judged. */
        OPEN
    }

    /**
     * How often people agreed.
     *
     * @param label empty for all
     * @param agreement from 0 to 1; null if nobody judged
     * @param interval of 95 % confidence, by Wilson's score
     * @param moreOutputs how many more would tell, if people go on to agree as often; null if none are needed, or no number tells
     * @param moreDays how long that takes, if people go on to judge as many; null as above
     * @param sentence the verdict, for people
     */
    @RegisterForReflection
    public record Agreement(
            String label,
            int judged,
            int agreed,
            int dangerous,
            @Nullable Double agreement,
            Interval interval,
            Verdict verdict,
            @Nullable Integer moreOutputs,
            @Nullable Integer moreDays,
            String sentence) {}

    /** One day's decisions that people judged. */
    @RegisterForReflection
    public record Day(LocalDate day, int judged, int agreed, int dangerous) {}

    /**
     * A dangerous disagreement.
     *
     * @param given what the agent decided
     * @param right what a person said; null if they only said that it was wrong
     */
    @RegisterForReflection
    public record Dangerous(
            UUID entryId, String given, @Nullable String right, Instant decidedAt, Instant judgedAt) {}
}
