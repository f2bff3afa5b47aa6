package dev.drydock.judge;

import java.util.List;
import java.util.UUID;

/** What people's judgements say about an agent's decisions, for observers. Fired in the thread that found it. */
public sealed interface FeedbackEvent {

    String agent();

    /**
     * By a person's correction, a decision was one of the mistakes that the agent's spec calls dangerous.
     *
     * @param right the label that would have been right
     * @param wrong the fields of the decision that were wrong
     * @param delivered whether it was delivered, or is about to be
     */
    record DangerousMistake(
            String agent, UUID entryId, String right, String given, List<String> wrong, boolean delivered)
            implements FeedbackEvent {}

    /** A person judged an output of the agent. */
    record OutputJudged(String agent) implements FeedbackEvent {}

    /** A label of the agent earned to go live, or fell back. */
    record LabelMoved(String agent, String label, boolean live, String why) implements FeedbackEvent {}
}
