package dev.drydock.console;

import dev.drydock.concurrent.GracefulShutdown;
import dev.drydock.config.Agents;
import dev.drydock.journal.AuditLog.Action;
import dev.drydock.journal.AuditLog.Subject;
import dev.drydock.journal.HeldRuns;
import dev.drydock.run.AgentRunner;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.util.UUID;

/** What a person does with runs, by the API or the page. What was done is in the audit log; what was refused names the reason. */
@Singleton
public class RunActions {

    private final Agents agents;
    private final AgentRunner runner;
    private final GracefulShutdown underWay;
    private final HeldRuns heldRuns;
    private final Caller caller;

    RunActions(Agents agents, AgentRunner runner, GracefulShutdown underWay, HeldRuns heldRuns, Caller caller) {
        this.agents = agents;
        this.runner = runner;
        this.underWay = underWay;
        this.heldRuns = heldRuns;
        this.caller = caller;
    }

    /** Starts a cycle now; fails with 409 while one runs, with 503 while the process stops. */
    public UUID start(String name) {
        var agent = agents.named(name)
                .orElseThrow(() -> Problem.of(Response.Status.NOT_FOUND, "There is no agent \"%s\".".formatted(name)));
        var run = runner.start(agent)
                .orElseThrow(() -> underWay.stopping()
                        ? Problem.of(
                                Response.Status.SERVICE_UNAVAILABLE,
                                "The process is stopping. Send the request to its replacement.")
                        : Problem.of(
                                Response.Status.CONFLICT,
                                "A cycle of %s is still running. Wait until it ends.".formatted(name)));
        caller.did(Action.STARTED_RUN, Subject.run(name, run));
        return run;
    }

    /**
     * Approves all outputs of the run that are held as a flood or as HOLLOW: they are delivered within seconds. Fails with 409
     * if there are none.
     */
    public int approveHeld(UUID run) {
        return caller.recorded(() -> reviewed(run, Action.APPROVED, heldRuns.approve(run)));
    }

    /** Rejects all of them. */
    public int rejectHeld(UUID run) {
        return caller.recorded(() -> reviewed(run, Action.REJECTED, heldRuns.reject(run)));
    }

    private int reviewed(UUID run, Action action, int entries) {
        if (entries == 0) {
            throw Problem.of(
                    Response.Status.CONFLICT, "No outputs of run %s are held as a flood or as HOLLOW.".formatted(run));
        }
        caller.did(action, Subject.run(null, run), "%d outputs".formatted(entries));
        return entries;
    }
}
