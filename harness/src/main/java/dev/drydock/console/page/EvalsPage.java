package dev.drydock.console.page;

import dev.drydock.config.Agents;
import dev.drydock.judge.eval.ReadEvals;
import dev.drydock.judge.eval.ReadEvals.Evals;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** Evals of each agent: figures beside the baseline, the confusion matrix, and the cases that flipped. */
@Path("/evals")
@Produces(MediaType.TEXT_HTML)
public final class EvalsPage {

    @CheckedTemplate(basePath = "page")
    static class Templates {

        static native TemplateInstance evals(Page page, List<Evals> agents);
    }

    private final Pages pages;
    private final ReadEvals evals;
    private final Agents agents;

    EvalsPage(Pages pages, ReadEvals evals, Agents agents) {
        this.pages = pages;
        this.evals = evals;
        this.agents = agents;
    }

    @GET
    public TemplateInstance show() {
        return Templates.evals(
                pages.page(Section.EVALS, "Evals"),
                agents.all().stream().map(agent -> evals.of(agent.name())).toList());
    }
}
