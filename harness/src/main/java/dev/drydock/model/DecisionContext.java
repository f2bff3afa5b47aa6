package dev.drydock.model;

import dev.drydock.agent.Mode;
import dev.drydock.agent.Tier;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.ModelCall;
import dev.drydock.journal.ModelCall.Origin;
import dev.drydock.journal.ModelCall.Prompt;
import dev.drydock.model.Transcript.Answer;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.memory.ChatMemory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * On whose behalf models are asked: the deciding of one entry. Held by the thread that decides, so that a call far down
 * in an agent's code is known for what it is.
 */
public final class DecisionContext {

    private static final ThreadLocal<@Nullable DecisionContext> CURRENT = new ThreadLocal<>();

    private final RegisteredAgent<?, ?> agent;
    private final @Nullable UUID runId;
    private final UUID entryId;
    private final List<ModelCall> calls = new CopyOnWriteArrayList<>();

    private final Map<ChatMemory, List<ChatMessage>> conversations = new HashMap<>();

    private Tier.Level tier = Tier.Level.STANDARD;
    private @Nullable Prompt prompt;
    private int attempt;
    private Runnable callHasCome = () -> {};
    private Optional<Instant> deadline = Optional.empty();
    private final @Nullable String answers;
    private final SideEffects sideEffects;
    private final @Nullable Trial trial;
    private @Nullable Transcript transcript;
    private @Nullable String toolNote;

    /** The answers are what an earlier attempt has kept; null if there are none. */
    public DecisionContext(RegisteredAgent<?, ?> agent, UUID runId, UUID entryId, @Nullable String answers) {
        this(agent, runId, entryId, answers, null);
    }

    /** For a decision that is not stored: it belongs to no run and no entry. */
    public static DecisionContext ofTrial(RegisteredAgent<?, ?> agent, Trial trial) {
        return new DecisionContext(agent, null, UUID.randomUUID(), null, trial);
    }

    private DecisionContext(
            RegisteredAgent<?, ?> agent,
            @Nullable UUID runId,
            UUID entryId,
            @Nullable String answers,
            @Nullable Trial trial) {
        this.agent = agent;
        this.trial = trial;
        this.runId = runId;
        this.entryId = entryId;
        this.answers = answers;
        this.sideEffects = new SideEffects(answers != null);
    }

    /**
     * Keeps what the calls of a model need to know.
     *
     * @param deadline after it, no call waits for its turn; empty if each waits as long as is set
     * @param hasCome run when the first call has come
     */
    public void expectCalls(Optional<Instant> deadline, Runnable hasCome) {
        this.deadline = deadline;
        this.callHasCome = hasCome;
    }

    /** The earlier of the two. */
    Instant deadlineUntil(Instant latest) {
        return deadline.filter(latest::isAfter).orElse(latest);
    }

    void callHasCome() {
        callHasCome.run();
    }

    /** Runs a piece of work on behalf of this scope. */
    public <T> T run(Callable<T> work) throws Exception {
        var outer = CURRENT.get();
        CURRENT.set(this);
        try {
            return work.call();
        } finally {
            CURRENT.set(outer);
        }
    }

    /** Empty outside of any entry: a start-up probe, a thread that an agent started by itself. */
    public static Optional<DecisionContext> current() {
        return Optional.ofNullable(CURRENT.get());
    }

    /** Says that the entry is tried once more. */
    public static void nextAttempt() {
        current().ifPresent(scope -> {
            scope.attempt++;
            scope.conversations.clear();
            scope.prompt = null;
            scope.sideEffects.rewind();
            if (scope.transcript != null) {
                scope.transcript.rewind();
            }
        });
    }

    /** The calls made so far, also those that came to nothing. */
    public List<ModelCall> calls() {
        return List.copyOf(calls);
    }

    /** The tool calls of this attempt that change the world. */
    public SideEffects sideEffects() {
        return sideEffects;
    }

    /** Whether the answer that called a tool is not the last one that is replayed. */
    public boolean replays() {
        return transcript != null && transcript.replays();
    }

    Transcript transcript(Function<String, List<Answer>> read) {
        if (transcript == null) {
            transcript = new Transcript(answers == null ? List.of() : read.apply(answers));
        }
        return transcript;
    }

    /** Tells the model this in place of what the tool returns. */
    public void tellModel(String note) {
        toolNote = note;
    }

    /** What the model is to be told, once. */
    Optional<String> takeToolNote() {
        var note = Optional.ofNullable(toolNote);
        toolNote = null;
        return note;
    }

    /** How much of the item was left out, at the most, because a model takes no more. */
    public long tokensCut() {
        return calls.stream().mapToLong(call -> call.tokens().cut()).max().orElse(0);
    }

    void add(ModelCall call) {
        calls.add(call);
    }

    public RegisteredAgent<?, ?> agent() {
        return agent;
    }

    /** In a trial, no tool with side effects is called. */
    public Mode mode() {
        return trial == null ? agent.settings().mode() : Mode.SHADOW;
    }

    /** Empty while an entry is decided. */
    public Optional<Trial> trial() {
        return Optional.ofNullable(trial);
    }

    public UUID entryId() {
        return entryId;
    }

    Origin origin() {
        return new Origin(agent.name(), runId, trial == null ? entryId : null);
    }

    int attempt() {
        return Math.max(attempt, 1);
    }

    Tier.Level tier() {
        return tier;
    }

    /** Returns the tier that was in force before. */
    Tier.Level setTier(Tier.Level tier) {
        var before = this.tier;
        this.tier = tier;
        return before;
    }

    /** What an AI service and the model have said to each other in this attempt. */
    List<ChatMessage> conversation(ChatMemory memory) {
        return conversations.computeIfAbsent(memory, key -> new ArrayList<>());
    }

    Optional<Prompt> prompt() {
        return Optional.ofNullable(prompt);
    }

    void setPrompt(Prompt prompt) {
        this.prompt = prompt;
    }
}
