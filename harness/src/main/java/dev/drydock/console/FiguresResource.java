package dev.drydock.console;

import dev.drydock.config.Agents;
import dev.drydock.judge.Checklist;
import dev.drydock.judge.Checklist.Report;
import dev.drydock.judge.CostReport;
import dev.drydock.judge.MakeScorecard;
import dev.drydock.judge.ReportCost;
import dev.drydock.judge.Scorecard;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import org.jboss.resteasy.reactive.RestQuery;

/** {@code /api/check}, {@code /api/cost}, {@code /api/scorecard}: what the commands of these names print as JSON. */
@Path("/api")
public final class FiguresResource {

    private final Checklist checklist;
    private final ReportCost cost;
    private final MakeScorecard scorecard;
    private final Agents agents;
    private final InstantSource clock;

    FiguresResource(Checklist checklist, ReportCost cost, MakeScorecard scorecard, Agents agents, InstantSource clock) {
        this.checklist = checklist;
        this.cost = cost;
        this.scorecard = scorecard;
        this.agents = agents;
        this.clock = clock;
    }

    @GET
    @Path("/check")
    public Report check() {
        return checklist.report(agents.all());
    }

    @GET
    @Path("/cost")
    public CostReport cost() {
        return cost.report(clock);
    }

    @GET
    @Path("/scorecard")
    public Scorecard scorecard(@RestQuery @DefaultValue("6") int weeks) {
        if (weeks < 1 || weeks > ScorecardCommand.MOST_WEEKS) {
            throw Problem.of(
                    Response.Status.BAD_REQUEST,
                    "weeks must be a number from 1 to %d.".formatted(ScorecardCommand.MOST_WEEKS));
        }
        return scorecard.make(agents.all(), weeks);
    }
}
