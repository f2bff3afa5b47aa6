package dev.drydock;

import dev.drydock.agent.Agent;
import dev.drydock.agent.AgentSpec;
import dev.drydock.agent.DeliveryKey;
import dev.drydock.agent.Expectation;
import dev.drydock.agent.Item;
import dev.drydock.agent.Mode;
import dev.drydock.agent.Receipt;
import dev.drydock.agent.Window;
import dev.drydock.config.AgentSettings;
import dev.drydock.config.Deadline;
import dev.drydock.config.DeliveryGuarantee;
import dev.drydock.config.LiveLabels;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.config.RunSize;
import dev.drydock.config.RunSize.DeliverPerRun;
import dev.drydock.config.RunSize.FirstRun;
import dev.drydock.config.Schedule;
import dev.drydock.config.ShadowCandidate;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** An agent for tests: reads what it is given, decides and delivers as it is told, and remembers how it was called. */
public class NoteAgent implements Agent<NoteAgent.Note, NoteAgent.Verdict> {

    /** What it reads. */
    public record Note(String id, String version, String text) implements Item {

        public Note(String id) {
            this(id, "1", "text of " + id);
        }
    }

    /** What it decides. */
    public record Verdict(String label) {}

    /** A verb of the agent, for a test to put in. */
    @FunctionalInterface
    public interface Verb<A, B> {

        B call(A argument) throws Exception;
    }

    private final String name = "notes" + UUID.randomUUID().toString().substring(0, 8);

    public volatile Map<String, String> effects = Map.of();
    public volatile List<Expectation> expectations = List.of();
    public volatile String schedule = "0 6 * * *";
    public volatile boolean batch;
    public volatile Optional<Deadline> deliverBy = Optional.empty();
    public volatile Optional<Duration> deliverWithin = Optional.empty();
    public volatile LiveLabels liveLabels = LiveLabels.ALL;
    public volatile ShadowCandidate candidate = ShadowCandidate.NONE;
    public volatile RunSize runSize = new RunSize(FirstRun.ALL, Optional.empty(), DeliverPerRun.UNLIMITED);
    public volatile List<Note> notes = List.of();
    public volatile Verb<Window, List<Note>> fetch = window -> notes;
    public volatile Verb<Note, Verdict> decide = note -> new Verdict("fine");
    public volatile Verb<Note, Receipt> deliver = note -> new Receipt("sent " + note.id());

    public final List<Window> windows = new CopyOnWriteArrayList<>();
    public final Queue<String> decided = new ConcurrentLinkedQueue<>();
    public final Queue<DeliveryKey> delivered = new ConcurrentLinkedQueue<>();

    public NoteAgent(String... ids) {
        notes = List.of(ids).stream().map(Note::new).toList();
    }

    @Override
    public AgentSpec<Note, Verdict> spec() {
        return AgentSpec.of(name, Note.class, Verdict.class)
                .labelledBy(Verdict::label)
                .effects(effects)
                .expecting(expectations.toArray(Expectation[]::new));
    }

    @Override
    public List<Note> fetch(Window window) throws Exception {
        windows.add(window);
        return fetch.call(window);
    }

    @Override
    public Verdict decide(Note note) throws Exception {
        decided.add(note.id());
        return decide.call(note);
    }

    @Override
    public Receipt deliver(Note note, Verdict verdict, DeliveryKey key) throws Exception {
        delivered.add(key);
        return deliver.call(note);
    }

    /** The agent as the harness holds it. */
    public RegisteredAgent<Note, Verdict> in(Mode mode) {
        return in(mode, DeliveryGuarantee.AT_LEAST_ONCE);
    }

    public RegisteredAgent<Note, Verdict> in(Mode mode, DeliveryGuarantee delivery) {
        return in(mode, delivery, Duration.ZERO, Optional.empty());
    }

    public RegisteredAgent<Note, Verdict> cachingFor(Duration cacheTtl) {
        return in(Mode.SHADOW, DeliveryGuarantee.AT_LEAST_ONCE, cacheTtl, Optional.empty());
    }

    public RegisteredAgent<Note, Verdict> spending(String budgetDailyUsd) {
        return in(
                Mode.SHADOW,
                DeliveryGuarantee.AT_LEAST_ONCE,
                Duration.ZERO,
                Optional.of(new BigDecimal(budgetDailyUsd)));
    }

    private RegisteredAgent<Note, Verdict> in(
            Mode mode, DeliveryGuarantee delivery, Duration cacheTtl, Optional<BigDecimal> budgetDailyUsd) {
        var settings = new AgentSettings(
                mode,
                Schedule.parse(schedule),
                ZoneId.of("UTC"),
                Duration.ZERO,
                8,
                Duration.ofDays(30),
                Duration.ofMinutes(10),
                3,
                delivery,
                cacheTtl,
                batch,
                budgetDailyUsd,
                deliverBy,
                deliverWithin,
                liveLabels,
                candidate,
                runSize);
        return new RegisteredAgent<>(this, spec(), settings);
    }
}
