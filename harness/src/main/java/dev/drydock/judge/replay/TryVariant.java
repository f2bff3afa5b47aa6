package dev.drydock.judge.replay;

import dev.drydock.journal.Json;
import dev.drydock.journal.RecordedEntries.RecordedEntry;
import dev.drydock.journal.SideEffectJournal.Call;
import dev.drydock.model.Trial;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides one entry by a variant. A tool returns what it returned in production where it is called with the same arguments;
 * else it is called, unless it changes the world. Used once, by the thread that decides.
 */
final class TryVariant implements Trial {

    private final Variant variant;
    private final RecordedEntry recorded;
    private final ToolRecord tools;
    private final List<String> proposed = new ArrayList<>();
    private final Json json;

    TryVariant(Variant variant, RecordedEntry recorded, Json json) {
        this.variant = variant;
        this.recorded = recorded;
        this.tools = new ToolRecord(json, recorded.calls());
        this.json = json;
    }

    @Override
    public Optional<BigDecimal> budgetUsd() {
        return variant.budgetUsd();
    }

    @Override
    public boolean isBeside() {
        return variant.beside();
    }

    @Override
    public Optional<String> systemMessage(String promptName) {
        return variant.prompt();
    }

    @Override
    public Optional<String> model() {
        return variant.model();
    }

    /** A live variant is asked also what is on record. */
    @Override
    public Optional<Recording> find(String key) {
        return variant.live()
                ? Optional.empty()
                : recorded.calls().stream()
                        .filter(call -> call.response() != null
                                && Trial.key(json.tree(call.request())).equals(key))
                        .reduce((earlier, later) -> later)
                        .map(call -> new Recording(
                                key,
                                call.route().asked(),
                                call.prompt(),
                                String.valueOf(call.response()),
                                call.tokens(),
                                call.costUsd(),
                                call.latency().toMillis()));
    }

    @Override
    public boolean maySend() {
        return variant.live();
    }

    @Override
    public Optional<String> toolResult(String tool, String arguments) {
        var changesTheWorld =
                recorded.sideEffects().stream().anyMatch(call -> call.tool().endsWith("." + tool));
        return changesTheWorld ? Optional.empty() : tools.next(tool, arguments);
    }

    @Override
    public Optional<String> sideEffect(Call call) {
        proposed.add(Lanes.tool(call.tool(), call.arguments()));
        return recorded.sideEffects().stream()
                .filter(one -> one.key().equals(call.key()))
                .findFirst()
                .flatMap(one -> Optional.ofNullable(one.result()));
    }

    /** The tool calls that change the world, in their order; none of them was made. */
    List<String> proposed() {
        return List.copyOf(proposed);
    }
}
