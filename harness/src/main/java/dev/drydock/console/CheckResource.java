package dev.drydock.console;

import dev.drydock.config.Agents;
import dev.drydock.judge.Checklist;
import dev.drydock.judge.Checklist.Report;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** {@code /api/check}. */
@Path("/api/check")
public final class CheckResource {

    private final Checklist checklist;
    private final Agents agents;

    CheckResource(Checklist checklist, Agents agents) {
        this.checklist = checklist;
        this.agents = agents;
    }

    /** What {@code check --json} prints. */
    @GET
    public Report check() {
        return checklist.report(agents.all());
    }
}
