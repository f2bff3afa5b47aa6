package dev.drydock.console.page;

import dev.drydock.config.Agents;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.console.Caller;
import dev.drydock.console.Problem;
import dev.drydock.console.ReadableJson;
import dev.drydock.console.RequestParameters;
import dev.drydock.journal.AuditLog.Action;
import dev.drydock.journal.AuditLog.Subject;
import dev.drydock.journal.Json;
import dev.drydock.judge.eval.EvalException;
import dev.drydock.judge.eval.ProposedCases;
import dev.drydock.judge.eval.ProposedCases.Proposal;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import org.jboss.resteasy.reactive.RestForm;
import org.jspecify.annotations.Nullable;

/** Corrections that may become eval cases: {@code ./drydock cases} for the browser. */
@Path("/cases/{agent}")
@Produces(MediaType.TEXT_HTML)
public final class CasesPage {

    /**
     * A proposed case.
     *
     * @param item as the case would have it, masked
     * @param expected JSON, as a person edits it
     */
    record Case(Proposal proposal, String item, String expected) {}

    /**
     * The proposed cases of an agent.
     *
     * @param writable whether there is a checkout that cases can be written to
     */
    record Cases(
            String agent,
            String file,
            boolean writable,
            List<Case> open,
            @Nullable String fault) {}

    @CheckedTemplate(basePath = "page")
    static class Templates {

        static native TemplateInstance cases(Page page, Cases cases);
    }

    private final Pages pages;
    private final ProposedCases proposed;
    private final Agents agents;
    private final Json json;
    private final Caller caller;

    CasesPage(Pages pages, ProposedCases proposed, Agents agents, Json json, Caller caller) {
        this.pages = pages;
        this.proposed = proposed;
        this.agents = agents;
        this.json = json;
        this.caller = caller;
    }

    @GET
    public TemplateInstance show(String agent) {
        return Templates.cases(
                pages.page(Section.EVALS, "Cases of " + agent), cases(RequestParameters.agent(agents, agent)));
    }

    /** Appends it to the file of cases, as a person has edited it. */
    @POST
    @Path("/{id}/accept")
    public Response accept(String agent, String id, @RestForm String label, @RestForm String expected) {
        var registered = RequestParameters.agent(agents, agent);
        var file = file(agent);
        try {
            var proposal = proposed.open(registered, file).stream()
                    .filter(one -> one.correction().id().equals(RequestParameters.id(id)))
                    .findFirst()
                    .map(one -> proposed.edited(registered, one, label, json.tree(expected)));
            if (proposal.isEmpty() || !proposed.accept(proposal.get(), file)) {
                throw closed();
            }
        } catch (EvalException e) {
            throw Problem.of(Response.Status.BAD_REQUEST, String.valueOf(e.getMessage()));
        } catch (UncheckedIOException e) {
            throw Problem.of(Response.Status.BAD_REQUEST, "It was not accepted: " + e.getMessage());
        }
        caller.did(Action.ACCEPTED_CASE, new Subject(agent, null, null), id);
        return Notice.then(
                "/cases/" + agent, "Written to %s. Commit it, then run ./drydock eval %s.".formatted(file, agent));
    }

    @POST
    @Path("/{id}/reject")
    public Response reject(String agent, String id) {
        if (!proposed.reject(RequestParameters.id(id))) {
            throw closed();
        }
        caller.did(Action.REJECTED_CASE, new Subject(agent, null, null), id);
        return Notice.then("/cases/" + agent, "Refused as a case. The correction itself still counts.");
    }

    private Cases cases(RegisteredAgent<?, ?> agent) {
        var file = file(agent.name());
        var writable = Files.isDirectory(java.nio.file.Path.of("evals"));
        try {
            var open = proposed.open(agent, file).stream()
                    .map(proposal -> new Case(
                            proposal,
                            ReadableJson.text(proposal.line().path("item")),
                            proposal.line().path("expected").toPrettyString()))
                    .toList();
            return new Cases(agent.name(), file.toString(), writable, open, null);
        } catch (EvalException e) {
            return new Cases(agent.name(), file.toString(), writable, List.of(), e.getMessage());
        }
    }

    private static java.nio.file.Path file(String agent) {
        return java.nio.file.Path.of("evals", agent, "cases.jsonl");
    }

    private static RuntimeException closed() {
        return Problem.of(
                Response.Status.CONFLICT,
                "This proposed case is not open any more: somebody has accepted or refused it.");
    }
}
