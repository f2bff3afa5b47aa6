package dev.drydock.judge.eval;

import java.util.List;

/** What evals with the live model found out about an agent, for observers. Fired in the thread that found it. */
public sealed interface EvalEvent {

    String agent();

    /**
     * The agent is right less often than it was, beyond chance, by shares from 0 to 1.
     *
     * @param metric {@code accuracy}, or the field of the decision
     */
    record AccuracyRegressed(String agent, String metric, double before, double after) implements EvalEvent {}

    /**
     * An eval has more dangerous failures than the one before.
     *
     * @param cases the ids of those that were not dangerous before
     */
    record DangerousCases(String agent, long before, long after, List<String> cases) implements EvalEvent {}
}
