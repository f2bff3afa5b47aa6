package dev.drydock.model;

import dev.drydock.journal.HoldReason;
import dev.drydock.journal.ProposedCall;
import dev.drydock.journal.ProposedCall.State;
import dev.drydock.journal.SideEffectJournal.Call;
import dev.drydock.journal.StoreDecisions.Hold;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The tool calls that change the world, of one attempt at an entry, and whether a person must look at them. */
public final class SideEffects {

    private static final Set<State> CARRIED_OUT = EnumSet.of(State.RECORDED, State.WAITING, State.DONE);

    /** In the order of their first mention, with their latest states. */
    private final Map<UUID, ProposedCall> calls = new LinkedHashMap<>();

    private boolean proposedBefore;
    private @Nullable Hold hold;

    SideEffects(boolean proposedBefore) {
        this.proposedBefore = proposedBefore;
    }

    /** Begins a new attempt. That a call is UNSURE stays so. */
    void rewind() {
        proposedBefore |= !calls.isEmpty();
        calls.clear();
        if (!isUnsure()) {
            hold = null;
        }
    }

    /**
     * Which of the entry's stored calls this one is: the one with the same arguments, else the next one of the same tool that
     * this attempt has not come to. A model that decides again may say the same in other words.
     */
    public Optional<ProposedCall> find(Call call, List<ProposedCall> stored) {
        return stored.stream()
                .filter(one -> one.key().equals(call.key()))
                .findFirst()
                .or(() -> stored.stream()
                        .filter(one -> one.tool().equals(call.tool()) && !calls.containsKey(one.id()))
                        .findFirst());
    }

    /** Says that the attempt has come to this call. */
    public void add(ProposedCall call) {
        calls.put(call.id(), call);
    }

    /** Says that a call of this attempt is in another state now. */
    public void moved(ProposedCall call, State state) {
        calls.put(call.id(), call.in(state));
    }

    /** Says that a person must look at the entry before anything is delivered. */
    public void hold(HoldReason reason, String why) {
        if (!isUnsure()) {
            hold = new Hold(reason, why);
        }
    }

    /** Whether a call was begun, and nobody knows whether it was made: no other may be made for this entry. */
    public boolean isUnsure() {
        return hold != null && hold.reason() == HoldReason.UNSURE;
    }

    public Optional<Hold> hold() {
        return Optional.ofNullable(hold);
    }

    /** Whether a call of this tool was made in this attempt or before, or is proposed where it may not be made. */
    public boolean carriedOut(String tool) {
        return calls.values().stream().anyMatch(call -> isCarriedOut(call, tool));
    }

    /** Whether this is a call of the tool that was made, or is proposed where it may not be made. */
    public static boolean isCarriedOut(ProposedCall call, String tool) {
        return CARRIED_OUT.contains(call.state())
                && (call.tool().equals(tool) || call.tool().endsWith("." + tool));
    }

    /** The calls of this attempt; null if none was proposed in any. */
    public @Nullable List<UUID> ids() {
        return calls.isEmpty() && !proposedBefore ? null : List.copyOf(calls.keySet());
    }
}
