package dev.drydock.judge.eval;

import java.util.List;
import java.util.UUID;

/** What evals and people found out about an agent's decisions, for observers. Fired in the thread that found it. */
public sealed interface QualityEvent {

    String agent();

    /**
     * The agent is right less often than it was, beyond chance, by shares from 0 to 1.
     *
     * @param metric {@code accuracy}, or the field of the decision
     */
    record AccuracyRegressed(String agent, String metric, double before, double after) implements QualityEvent {}

    /**
     * An eval has more dangerous failures than the one before.
     *
     * @param cases the ids of those that were not dangerous before
     */
    record DangerousCases(String agent, long before, long after, List<String> cases) implements QualityEvent {}

    /**
     * By a person's correction, a decision was one of the mistakes that the agent's spec calls dangerous.
     *
     * @param right the label that would have been right
     * @param delivered whether it was delivered, or is about to be
     */
    record DangerousMistake(String agent, UUID entryId, String right, String given, boolean delivered)
            implements QualityEvent {}

    /** A person judged an output of the agent. */
    record OutputJudged(String agent) implements QualityEvent {}

    /** A label of the agent earned to go live, or fell back. */
    record LabelMoved(String agent, String label, boolean live, String why) implements QualityEvent {}
}
