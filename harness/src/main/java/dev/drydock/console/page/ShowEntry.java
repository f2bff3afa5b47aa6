package dev.drydock.console.page;

import dev.drydock.agent.DeliveryKey;
import dev.drydock.agent.Mode;
import dev.drydock.config.Agents;
import dev.drydock.console.Approval;
import dev.drydock.console.ReadableJson;
import dev.drydock.console.page.ShownEntry.Buttons;
import dev.drydock.console.page.ShownEntry.Tool;
import dev.drydock.journal.AuditLog;
import dev.drydock.journal.Entry;
import dev.drydock.journal.EntryDetails;
import dev.drydock.journal.EntryState;
import dev.drydock.journal.HoldReason;
import dev.drydock.journal.JournalQueries;
import dev.drydock.journal.Json;
import dev.drydock.journal.ProposedCall;
import dev.drydock.journal.ProposedCall.State;
import dev.drydock.journal.ReviewQueue;
import dev.drydock.journal.SideEffectJournal;
import io.quarkus.runtime.LaunchMode;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gathers what the page of one entry shows. What is large is left out. */
@Singleton
class ShowEntry {

    private static final int MOST_CALLS = 100;
    private static final Set<HoldReason> NOT_EDITABLE = EnumSet.of(HoldReason.APPROVAL, HoldReason.UNSURE);

    private final JournalQueries journal;
    private final EntryDetails details;
    private final ShowDecision decisions;
    private final Agents agents;
    private final Json json;

    @Inject
    SideEffectJournal sideEffects;

    @Inject
    AuditLog audit;

    @Inject
    ReviewQueue queue;

    ShowEntry(JournalQueries journal, EntryDetails details, ShowDecision decisions, Agents agents, Json json) {
        this.journal = journal;
        this.details = details;
        this.decisions = decisions;
        this.agents = agents;
        this.json = json;
    }

    ShownEntry of(Entry entry) {
        var more = details.of(entry.id()).orElseThrow();
        var calls = journal.callsOfEntry(entry.id(), MOST_CALLS);
        var tools = sideEffects.of(entry.id());
        var deliveries = journal.deliveriesOf(entry.id());
        var history = new Happening.Sources(
                entry,
                more,
                audit.ofEntry(entry.id()),
                journal.returnsOf(entry.id()),
                deliveries,
                journal.feedbackOf(entry.id()));
        return new ShownEntry(
                entry,
                more,
                mode(entry),
                DeliveryKey.of(entry.agent(), entry.itemId(), entry.itemVersion())
                        .value(),
                more.item() == null ? List.of() : ReadableJson.parts(json.tree(more.item())),
                decisions.fields(entry, more.original()),
                decisions.preview(entry, more.item()),
                calls.stream().map(call -> ShowCall.of(call, json)).toList(),
                ShowCall.cost(calls),
                tools.stream()
                        .map(call -> new Tool(call, Approval.call(call, json)))
                        .toList(),
                deliveries,
                Happening.of(history),
                buttons(entry, more.item() != null || more.large(), tools),
                queue.recent(entry.id()).orElse(null));
    }

    /** In dev mode, and for an agent in shadow mode: there, another decision surprises nobody. */
    boolean mayDecideAgain(Entry entry) {
        return LaunchMode.current() != LaunchMode.NORMAL || mode(entry) == Mode.SHADOW;
    }

    private Buttons buttons(Entry entry, boolean hasItem, List<ProposedCall> tools) {
        var state = entry.state();
        var held = hasItem && state == EntryState.HELD;
        var open = tools.stream().filter(call -> isOpen(call, entry)).toList();
        var approvable = held && Approval.isPossible(entry.holdReason(), open);
        var decided = entry.decision() != null;
        return new Buttons(
                held
                        ? Approval.sentence(entry.holdReason(), open, entry.fault(), mode(entry) == Mode.SHADOW, json)
                        : null,
                approvable,
                held && decided && mode(entry) != null && isEditable(entry.holdReason()),
                held && open.stream().anyMatch(call -> call.state() == State.UNSURE),
                hasItem && (held || state == EntryState.ADMITTED || state == EntryState.PENDING),
                hasItem && (state == EntryState.UNDELIVERABLE || state == EntryState.EXPIRED),
                hasItem
                        && (state == EntryState.POISONED
                                || state == EntryState.UNDELIVERABLE
                                || state == EntryState.REJECTED),
                decided,
                hasItem && mode(entry) != null && mayDecideAgain(entry));
    }

    private static boolean isEditable(@Nullable HoldReason reason) {
        return reason == null || !NOT_EDITABLE.contains(reason);
    }

    private static boolean isOpen(ProposedCall call, Entry entry) {
        return switch (call.state()) {
            case WAITING, APPROVED, UNSURE -> true;
            case RECORDED -> entry.mode() == Mode.REVIEW;
            default -> false;
        };
    }

    private @Nullable Mode mode(Entry entry) {
        return agents.named(entry.agent()).map(agent -> agent.settings().mode()).orElse(null);
    }
}
