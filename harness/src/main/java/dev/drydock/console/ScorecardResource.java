package dev.drydock.console;

import dev.drydock.config.Agents;
import dev.drydock.judge.MakeScorecard;
import dev.drydock.judge.Scorecard;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.RestQuery;

/** {@code /api/scorecard}. */
@Path("/api/scorecard")
public final class ScorecardResource {

    private final MakeScorecard scorecard;
    private final Agents agents;

    ScorecardResource(MakeScorecard scorecard, Agents agents) {
        this.scorecard = scorecard;
        this.agents = agents;
    }

    /** What {@code scorecard --json} prints. */
    @GET
    public Scorecard scorecard(@RestQuery @DefaultValue("6") int weeks) {
        if (weeks < 1 || weeks > ScorecardCommand.MOST_WEEKS) {
            throw Problem.of(
                    Response.Status.BAD_REQUEST,
                    "weeks must be a number from 1 to %d.".formatted(ScorecardCommand.MOST_WEEKS));
        }
        return scorecard.make(agents.all(), weeks);
    }
}
