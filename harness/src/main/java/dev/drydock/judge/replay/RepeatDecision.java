package dev.drydock.judge.replay;

import dev.drydock.journal.Json;
import dev.drydock.journal.ModelCall;
import dev.drydock.journal.ProposedCall;
import dev.drydock.journal.ProposedCall.State;
import dev.drydock.journal.RecordedEntries.RecordedEntry;
import dev.drydock.journal.SideEffectJournal.Call;
import dev.drydock.model.Trial;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides one entry again with the answers of its last attempt, each in its place, and notes where today's code asks something
 * else. Used once, by the thread that decides.
 */
final class RepeatDecision implements Trial {

    private final List<ModelCall> calls;
    private final List<ProposedCall> sideEffects;
    private final ToolRecord tools;
    private final SameQuestion questions;
    private final List<String> differences = new ArrayList<>();
    private final Map<String, String> changedPrompts = new LinkedHashMap<>();
    private final List<String> proposed = new ArrayList<>();
    private final List<AskedCall> asked = new ArrayList<>();
    private int next;
    private boolean endedHere;
    private boolean asksMore;
    private @Nullable String told;

    RepeatDecision(RecordedEntry recorded, SameQuestion questions, Json json) {
        this.calls = lastAttempt(recorded.calls(), questions);
        this.sideEffects = recorded.sideEffects();
        this.tools = new ToolRecord(json, calls);
        this.questions = questions;
    }

    /** An entry may have had several attempts in a run. One that began anew in the same number repeats the first question. */
    private static List<ModelCall> lastAttempt(List<ModelCall> calls, SameQuestion questions) {
        if (calls.isEmpty()) {
            return calls;
        }
        var last = calls.get(calls.size() - 1).attempt();
        var ofLast = calls.stream().filter(call -> call.attempt() == last).toList();
        for (var at = ofLast.size() - 1; at > 0; at--) {
            if (ofLast.get(at - 1).fault() != null
                    && questions
                            .differences(ofLast.get(0).request(), ofLast.get(at).request())
                            .isEmpty()) {
                return ofLast.subList(at, ofLast.size());
            }
        }
        return ofLast;
    }

    @Override
    public Optional<Recording> find(String key) {
        return Optional.empty();
    }

    @Override
    public boolean maySend() {
        return true; // as far as the record
    }

    @Override
    public boolean repeats() {
        return true;
    }

    /** That of the next call, since a fallback was for a day when another model was unavailable. */
    @Override
    public Optional<String> model() {
        return next < calls.size() ? Optional.of(calls.get(next).route().asked()) : Optional.empty();
    }

    @Override
    public RecordedCall repeat(AskedCall call) {
        asked.add(call);
        @Nullable String fault = null;
        while (next < calls.size() && calls.get(next).response() == null) {
            fault = calls.get(next++).fault();
        }
        if (next == calls.size()) {
            if (fault != null) {
                endedHere = true;
                throw new EndedHereException(fault);
            }
            asksMore = true;
            throw new EndedHereException("today's code asks more than the %d questions on record".formatted(next));
        }
        var recorded = calls.get(next++);
        compare(recorded, call);
        return new RecordedCall(String.valueOf(recorded.response()), recorded.finishReason());
    }

    /** What was cut to fit is compared no further: how much fits is learned from the server. */
    private void compare(ModelCall call, AskedCall asked) {
        var differing = questions.differences(call.request(), asked.request());
        if (differing.isEmpty() || (asked.tokensCut() > 0 && (call.tokens().cut() > 0 || call.fromCache()))) {
            return;
        }
        var now = asked.prompt();
        if (now.equals(call.prompt())) {
            differences.add("question %d is another one: %s"
                    .formatted(next, differing.get(0).line()));
        } else {
            changedPrompts.put(
                    call.prompt().name(),
                    "the prompt %s has changed: version %s then, %s%s now"
                            .formatted(
                                    call.prompt().name(),
                                    call.prompt().version(),
                                    now.name().equals(call.prompt().name()) ? "" : now.name() + " ",
                                    now.version()));
        }
    }

    /** A tool with side effects is let through to the gate, which describes the call. */
    @Override
    public Optional<String> toolResult(String tool, String arguments) {
        told = tools.next(tool, arguments).orElse(null);
        var changesTheWorld = sideEffects.stream().anyMatch(call -> call.tool().endsWith("." + tool));
        if (told == null && !changesTheWorld) {
            asksMore = true;
            throw new EndedHereException("the result of the tool %s is not on record".formatted(tool));
        }
        return changesTheWorld ? Optional.empty() : Optional.ofNullable(told);
    }

    @Override
    public Optional<String> sideEffect(Call call) {
        proposed.add(Lanes.tool(call.tool(), call.arguments()));
        var result = Optional.ofNullable(told);
        told = null;
        var stored =
                sideEffects.stream().filter(one -> one.key().equals(call.key())).findFirst();
        if (stored.isEmpty() && result.isEmpty()) {
            differences.add("a tool call is another one: %s %s".formatted(call.tool(), call.arguments()));
        }
        if (result.isEmpty() && stored.isPresent() && next == calls.size() && isOpen(stored.get())) {
            endedHere = true;
            throw new EndedHereException("%s waits for a person".formatted(call.tool()));
        }
        return result.or(() -> stored.map(ProposedCall::result));
    }

    private static boolean isOpen(ProposedCall call) {
        return call.state() != State.RECORDED && call.state() != State.DONE && call.state() != State.FAILED;
    }

    /** Where today's code, with the same prompt, asks something else, or less. */
    List<String> differences(boolean decided) {
        var left = calls.stream()
                .skip(next)
                .filter(call -> call.response() != null)
                .count();
        if (decided && left > 0) {
            differences.add("%d of %d recorded answers were not asked for".formatted(left, calls.size()));
        }
        return List.copyOf(differences);
    }

    /** All that was asked; how much was cut to fit makes no difference. */
    String asked() {
        return asked.stream()
                .map(call -> call.tokensCut() > 0 ? call.prompt().version() : questions.text(call.request()))
                .collect(Collectors.joining());
    }

    /** The tool calls that change the world, in their order; none of them was made. */
    List<String> proposed() {
        return List.copyOf(proposed);
    }

    /** A line for each prompt whose text is another one today. */
    List<String> changedPrompts() {
        return List.copyOf(changedPrompts.values());
    }

    /** Whether deciding came to a call that failed in production, too. */
    boolean endedHere() {
        return endedHere;
    }

    /** Whether an answer was needed that is not on record. */
    boolean asksMore() {
        return asksMore;
    }

    /** Whether there are recorded calls. */
    boolean hasCalls() {
        return !calls.isEmpty();
    }
}
