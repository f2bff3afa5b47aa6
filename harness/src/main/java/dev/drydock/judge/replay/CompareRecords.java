package dev.drydock.judge.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drydock.agent.Item;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.Json;
import dev.drydock.journal.RecordedEntries.RecordedEntry;
import dev.drydock.judge.replay.DecideFromRecord.Attempt;
import dev.drydock.judge.replay.ReplayedEntry.FromRecords;
import dev.drydock.judge.replay.ReplayedEntry.RecordOutcome;
import dev.drydock.model.Hash;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The second lane: decides an entry again from its records, and says whether today's code does the same. */
@Singleton
class CompareRecords {

    /**
     * The second lane of an entry.
     *
     * @param shown what its version is made of
     * @param decision null if it could not be decided
     */
    record Repeated<D>(
            FromRecords records,
            Supplier<String> shown,
            @Nullable D decision) {

        /** Of the agent, as far as this entry shows it: another one where something else is asked, or decided from the same answers. */
        String version() {
            return Hash.of(shown.get().getBytes(UTF_8));
        }
    }

    private final DecideFromRecord decide;
    private final SameQuestion questions;
    private final Lanes lanes;
    private final Json json;

    CompareRecords(DecideFromRecord decide, SameQuestion questions, Lanes lanes, Json json) {
        this.decide = decide;
        this.questions = questions;
        this.lanes = lanes;
        this.json = json;
    }

    <I extends Item, D> Repeated<D> compare(
            RegisteredAgent<I, D> agent, I item, RecordedEntry recorded, Lane production) {
        var repeat = new RepeatDecision(recorded, questions, json);
        var attempt = decide.decide(agent, item, repeat);
        var lane = lanes.of(attempt, repeat.proposed(), null);
        var decision = attempt.decision();
        var records = decision == null
                ? failed(attempt, lane, repeat, production)
                : decided(repeat, production, lane, () -> lanes.isDangerous(agent, production, decision));
        return new Repeated<>(records, () -> repeat.asked() + lane.label() + lane.decision() + lane.tools(), decision);
    }

    private static FromRecords decided(RepeatDecision repeat, Lane production, Lane lane, BooleanSupplier dangerous) {
        var reasons = new ArrayList<>(repeat.differences("MODEL".equals(lane.decidedBy())));
        var fields = Lanes.fields(production, lane);
        if (production.decision() == null) {
            reasons.add("production did not decide it (%s), today's code does".formatted(production.fault()));
        } else if (!fields.isEmpty()) {
            reasons.add("the decision differs");
        } else if (!Objects.equals(production.label(), lane.label())) {
            reasons.add("the label differs: %s → %s".formatted(production.label(), lane.label()));
        }
        if (production.decidedBy() != null && !production.decidedBy().equals(lane.decidedBy())) {
            reasons.add("RULE".equals(lane.decidedBy()) ? "a rule decides it today" : "no rule decides it today");
        }
        if (!reasons.isEmpty()) {
            reasons.addAll(repeat.changedPrompts());
            return new FromRecords(RecordOutcome.DIFFERS, reasons, dangerous.getAsBoolean(), fields, lane);
        }
        return repeat.changedPrompts().isEmpty()
                ? new FromRecords(RecordOutcome.SAME, List.of(), false, List.of(), null)
                : new FromRecords(RecordOutcome.OTHER_QUESTION, repeat.changedPrompts(), false, List.of(), null);
    }

    private static FromRecords failed(Attempt<?> attempt, Lane lane, RepeatDecision repeat, Lane production) {
        if (production.decision() == null
                && repeat.differences(false).isEmpty()
                && (repeat.endedHere() || Objects.equals(production.fault(), attempt.fault()))) {
            return new FromRecords(RecordOutcome.SAME, List.of(), false, List.of(), null);
        }
        var fault = "from the records it fails: %s".formatted(attempt.fault());
        if (repeat.asksMore() && !repeat.hasCalls() && !"RULE".equals(production.decidedBy())) {
            return unknown(RecordOutcome.NOT_ON_RECORD, List.of("no call of a model is on record"));
        }
        if (!repeat.changedPrompts().isEmpty()) {
            var reasons = new ArrayList<>(repeat.changedPrompts());
            reasons.add(fault);
            return unknown(RecordOutcome.OTHER_QUESTION, reasons);
        }
        var reasons = new ArrayList<>(repeat.differences(false));
        if (repeat.asksMore() && !repeat.hasCalls()) {
            reasons.add("no rule decides it today");
        }
        reasons.add(fault);
        return new FromRecords(RecordOutcome.DIFFERS, reasons, false, List.of(), lane);
    }

    static FromRecords unknown(RecordOutcome outcome, List<String> reasons) {
        return new FromRecords(outcome, reasons, false, List.of(), null);
    }
}
