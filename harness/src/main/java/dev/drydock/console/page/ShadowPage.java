package dev.drydock.console.page;

import dev.drydock.config.Agents;
import dev.drydock.console.Problem;
import dev.drydock.console.ReadableJson;
import dev.drydock.console.RequestParameters;
import dev.drydock.console.page.ShowDecision.Preview;
import dev.drydock.journal.Feedback.Verdict;
import dev.drydock.journal.Json;
import dev.drydock.journal.ShadowOutputs;
import dev.drydock.journal.ShadowOutputs.Output;
import dev.drydock.judge.AgreementReport;
import dev.drydock.judge.MeasureAgreement;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** What would have gone out in shadow mode, beside what a person did or said. */
@Path("/shadow")
@Produces(MediaType.TEXT_HTML)
public final class ShadowPage {

    private static final int SHOWN = 20;
    private static final int DAYS = 30;

    /** An output that was not delivered. */
    record Shown(Output output, Preview preview, String decision) {

        /** Whether a person agreed; null if nobody said. */
        public @Nullable Boolean agreed() {
            var right = output.correctLabel();
            var verdict = output.verdict();
            return right != null
                    ? Boolean.valueOf(right.equals(output.entry().label()))
                    : verdict == null ? null : verdict == Verdict.UP;
        }
    }

    @CheckedTemplate(basePath = "page")
    static class Templates {

        static native TemplateInstance shadow(
                Page page, AgreementReport report, List<Shown> outputs, @Nullable UUID next);
    }

    private final Pages pages;
    private final ShadowOutputs outputs;
    private final ShowDecision decisions;
    private final Agents agents;
    private final Json json;

    @Inject
    MeasureAgreement agreement;

    ShadowPage(Pages pages, ShadowOutputs outputs, ShowDecision decisions, Agents agents, Json json) {
        this.pages = pages;
        this.outputs = outputs;
        this.decisions = decisions;
        this.agents = agents;
        this.json = json;
    }

    /** Of the first agent. */
    @GET
    public Response first() {
        return agents.all().stream()
                .findFirst()
                .map(agent ->
                        Response.seeOther(URI.create("/shadow/" + agent.name())).build())
                .orElseThrow(() -> Problem.of(Response.Status.NOT_FOUND, "There is no agent."));
    }

    /**
     * The latest first.
     *
     * @param before the last id of the page before
     */
    @GET
    @Path("/{agent}")
    public TemplateInstance show(String agent, @RestQuery @Nullable String before) {
        RequestParameters.agent(agents, agent);
        var found = outputs.page(agent, before == null ? null : RequestParameters.id(before), SHOWN + 1);
        var shown = found.subList(0, Math.min(SHOWN, found.size()));
        return Templates.shadow(
                pages.page(Section.SHADOW, "Shadow mode of " + agent),
                agreement.report(agent, DAYS),
                shown.stream().map(this::shown).toList(),
                found.size() > SHOWN ? shown.get(SHOWN - 1).entry().id() : null);
    }

    private Shown shown(Output output) {
        var decision = output.entry().decision();
        return new Shown(
                output,
                decisions.preview(output.entry(), output.item()),
                decision == null ? "" : ReadableJson.text(json.tree(decision)));
    }
}
