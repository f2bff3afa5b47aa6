package dev.drydock.model;

import dev.drydock.NoteAgent;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.Entry;
import dev.drydock.journal.EntryState;
import dev.drydock.journal.JournalQueries;
import dev.drydock.journal.ModelCall;
import dev.drydock.journal.RunResult;
import dev.drydock.run.AgentRunner;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;

/** Runs cycles of agents that ask models, and looks up what came of them. */
@Singleton
class Door {

    private final AgentRunner runner;
    private final JournalQueries journal;
    private final CircuitBreakerMaintenance circuits;

    Door(AgentRunner runner, JournalQueries journal, CircuitBreakerMaintenance circuits) {
        this.runner = runner;
        this.journal = journal;
        this.circuits = circuits;
    }

    void closeCircuits() {
        circuits.resetAll();
    }

    RunResult run(RegisteredAgent<?, ?> agent) {
        return runner.run(agent);
    }

    JournalQueries journal() {
        return journal;
    }

    Entry only(NoteAgent agent) {
        return journal.entries(agent.spec().name(), null, 2).get(0);
    }

    List<Entry> entries(NoteAgent agent, EntryState state) {
        return journal.entries(agent.spec().name(), state, 1_000);
    }

    List<ModelCall> calls(NoteAgent agent) {
        return journal.callsOf(only(agent).id());
    }

    List<ModelCall> allCalls(NoteAgent agent) {
        return journal.runs(agent.spec().name(), 10).stream()
                .flatMap(run -> journal.callsOfRun(run.id(), 1_000).stream())
                .toList();
    }

    BigDecimal cost(NoteAgent agent) {
        return allCalls(agent).stream()
                .map(call -> Objects.requireNonNull(call.costUsd()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
