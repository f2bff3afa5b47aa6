package dev.drydock.judge.replay;

import dev.drydock.judge.eval.Proportion.Interval;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/**
 * What an agent's candidate decided, against the decisions that count and against people.
 *
 * @param prompt its file; null if it is the agent's own prompt
 * @param model null if it is the configured one
 * @param compared entries that it decided
 * @param failed entries that it could not decide
 * @param same of the compared ones, those with the label of the decision that counts
 * @param agreement their share, from 0 to 1; null if there is none
 * @param interval of 95 % confidence, by Wilson's score
 * @param dangerous decisions that the agent's spec calls dangerous, if the decision that counts is right
 * @param people against what people said; null if they said nothing about a compared entry
 * @param costUsd what it cost, decimal; null where a price is not known
 * @param liveUsd what the decisions that count cost for the same entries; null where a price is not known
 * @param budgetUsd what it may cost in a day, decimal
 * @param sentence for people
 */
@RegisterForReflection
public record CandidateReport(
        @Nullable String prompt,
        @Nullable String model,
        int compared,
        int failed,
        int same,
        @Nullable Double agreement,
        Interval interval,
        int dangerous,
        @Nullable People people,
        @Nullable String costUsd,
        @Nullable String liveUsd,
        String budgetUsd,
        String sentence) {

    /**
     * Of the entries whose right label is known, how many each had right.
     *
     * @param better entries that only the candidate had right
     * @param worse entries that only the decision that counts had right
     * @param verdict whether that tells, by McNemar's test
     */
    @RegisterForReflection
    public record People(int judged, int candidateRight, int liveRight, int better, int worse, String verdict) {}
}
