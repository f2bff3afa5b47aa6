package dev.drydock.judge.replay;

import dev.drydock.NoteAgent;
import dev.drydock.NoteAgent.Note;
import dev.drydock.NoteAgent.Verdict;
import dev.drydock.agent.AgentSpec;
import dev.drydock.agent.Mode;
import dev.drydock.journal.Entry;
import dev.drydock.journal.JournalQueries;
import dev.drydock.journal.OlderRecords;
import dev.drydock.journal.RecordedEntries;
import dev.drydock.journal.SideEffectJournal;
import dev.drydock.model.ChangedHarness;
import dev.drydock.model.ModelServer;
import dev.drydock.run.AgentRunner;
import dev.drydock.tool.Operator;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** An agent that sorts notes by a model, or by a rule, and what a replay of its runs says. */
public abstract class ReplayFixture {

    @ModelServer.Inject
    protected ModelServer server;

    @Inject
    protected CircuitBreakerMaintenance circuits;

    @Inject
    protected Operator operator;

    @Inject
    protected Operator.Levers levers;

    @Inject
    protected AgentRunner runner;

    @Inject
    protected JournalQueries journal;

    @Inject
    protected SideEffectJournal sideEffects;

    @Inject
    protected RecordedEntries recorded;

    @Inject
    protected OlderRecords older;

    @Inject
    protected ChangedHarness harness;

    @Inject
    protected ReplayRun replay;

    protected final RuledAgent agent = new RuledAgent("a");

    /** With a rule, and a dangerous mistake. */
    public static class RuledAgent extends NoteAgent {

        public volatile Verb<Note, Optional<Verdict>> rule = note -> Optional.empty();

        public RuledAgent(String... ids) {
            super(ids);
        }

        @Override
        public AgentSpec<Note, Verdict> spec() {
            return super.spec()
                    .dangerousWhen((right, given) ->
                            right.label().equals("URGENT") && given.label().equals("NEVER"));
        }

        @Override
        public Optional<Verdict> rule(Note note) {
            try {
                return rule.call(note);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @BeforeEach
    void sort_notes_by_a_model() {
        circuits.resetAll();
        agent.decide = note -> new Verdict(operator.operate(note.text()));
        levers.reset();
        server.answerContent("BUG");
        server.forget();
    }

    @AfterEach
    void leave_the_harness_as_it_is() {
        harness.change(UnaryOperator.identity());
    }

    protected UUID run(Mode mode) {
        return Objects.requireNonNull(runner.run(agent.in(mode)).runId());
    }

    protected ReplayReport replay(UUID runId) throws InterruptedException {
        return replay(runId, Variant.NONE);
    }

    protected ReplayReport replay(UUID runId, Variant variant) throws InterruptedException {
        return replay.replay("the run", recorded.ofRun(runId), variant, name -> Optional.of(agent.in(Mode.SHADOW)));
    }

    /** The entries, in the order of their items. */
    protected List<Entry> entries() {
        return journal.entries(agent.spec().name(), null, 100).stream()
                .sorted((one, other) -> one.itemId().compareTo(other.itemId()))
                .toList();
    }
}
