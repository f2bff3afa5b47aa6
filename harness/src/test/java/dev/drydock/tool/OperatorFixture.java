package dev.drydock.tool;

import dev.drydock.NoteAgent;
import dev.drydock.NoteAgent.Verdict;
import dev.drydock.journal.Entry;
import dev.drydock.journal.JournalQueries;
import dev.drydock.journal.ProposedCall;
import dev.drydock.journal.ReviewEntries;
import dev.drydock.journal.SideEffectJournal;
import dev.drydock.model.ModelServer;
import dev.drydock.run.AgentRunner;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;

/** An agent with one note, whose decisions are those of an operator with tools, and a model server that a test scripts. */
abstract class OperatorFixture {

    @ModelServer.Inject
    ModelServer server;

    @Inject
    CircuitBreakerMaintenance circuits;

    @Inject
    Operator operator;

    @Inject
    Operator.Levers levers;

    @Inject
    AgentRunner runner;

    @Inject
    JournalQueries journal;

    @Inject
    SideEffectJournal sideEffects;

    @Inject
    ReviewEntries review;

    final NoteAgent agent = new NoteAgent("a");

    @BeforeEach
    void start_anew() {
        circuits.resetAll();
        agent.decide = note -> new Verdict(operator.operate(note.text()));
        levers.reset();
        server.forget();
    }

    Entry entry() {
        return journal.entries(agent.spec().name(), null, 1).get(0);
    }

    /** The entry's first call of a tool. */
    ProposedCall effect() {
        return sideEffects.of(entry().id()).get(0);
    }
}
