package dev.drydock.console.page;

import dev.drydock.config.Agents;
import dev.drydock.console.Caller;
import dev.drydock.console.RequestParameters;
import dev.drydock.console.RunActions;
import dev.drydock.journal.AuditLog.Action;
import dev.drydock.journal.AuditLog.Subject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

/** What a person does with an agent. */
@Path("/agents/{name}")
public final class AgentForms {

    private final Agents agents;
    private final RunActions actions;
    private final Caller caller;

    AgentForms(Agents agents, RunActions actions, Caller caller) {
        this.agents = agents;
        this.actions = actions;
        this.caller = caller;
    }

    /** Starts a run, and shows it. */
    @POST
    @Path("/runs")
    public Response start(String name) {
        return Notice.then("/runs/" + actions.start(name), "A run of %s has started.".formatted(name));
    }

    /** Takes the agent's failures out of view. */
    @POST
    @Path("/seen")
    public Response seen(String name) {
        RequestParameters.agent(agents, name);
        caller.did(Action.SAW_FAILURES, new Subject(name, null, null));
        return Notice.then("/", "The failures of %s are marked as seen.".formatted(name));
    }
}
