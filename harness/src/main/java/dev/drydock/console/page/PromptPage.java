package dev.drydock.console.page;

import dev.drydock.config.Agents;
import dev.drydock.console.Problem;
import dev.drydock.console.RequestParameters;
import dev.drydock.judge.eval.RunEval.Folders;
import dev.drydock.judge.replay.PromptTrial;
import dev.drydock.judge.replay.PromptTrials;
import dev.drydock.judge.replay.PromptTrials.Progress;
import dev.drydock.judge.replay.TrialPrice;
import dev.drydock.offline.PromptLoop;
import io.quarkus.arc.profile.UnlessBuildProfile;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** In dev mode, what the last change of an agent's prompt has changed: its last entries case by case, and its eval. */
@Path("/prompt")
@Produces(MediaType.TEXT_HTML)
@UnlessBuildProfile("prod")
public final class PromptPage {

    @CheckedTemplate(basePath = "page")
    static class Templates {

        static native TemplateInstance prompt(
                Page page,
                String agent,
                @Nullable Progress progress,
                @Nullable PromptTrial trial,
                boolean hasCases,
                String price);
    }

    private final Pages pages;
    private final PromptTrials trials;
    private final PromptLoop loop;
    private final TrialPrice price;
    private final Agents agents;

    PromptPage(Pages pages, PromptTrials trials, PromptLoop loop, TrialPrice price, Agents agents) {
        this.pages = pages;
        this.trials = trials;
        this.loop = loop;
        this.price = price;
        this.agents = agents;
    }

    /** Of the first agent. */
    @GET
    public Response first() {
        return agents.all().stream()
                .findFirst()
                .map(agent ->
                        Response.seeOther(URI.create("/prompt/" + agent.name())).build())
                .orElseThrow(() -> Problem.of(Response.Status.NOT_FOUND, "There is no agent."));
    }

    @GET
    @Path("/{agent}")
    public TemplateInstance show(String agent) {
        return Templates.prompt(
                pages.page(Section.PROMPT, "Prompt of " + agent),
                RequestParameters.agent(agents, agent).name(),
                trials.progress(agent).orElse(null),
                trials.last(agent).orElse(null),
                Folders.OF_PROJECT.hasCases(agent),
                price.words());
    }

    /** Asks the model about each labelled case of the set {@code dev}; returns when that is done. */
    @POST
    @Path("/{agent}/eval")
    public Response evaluate(String agent) throws InterruptedException {
        loop.evaluate(RequestParameters.agent(agents, agent));
        return Notice.then("/prompt/" + agent, "The eval has ended.");
    }
}
