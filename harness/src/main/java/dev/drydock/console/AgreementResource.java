package dev.drydock.console;

import dev.drydock.config.Agents;
import dev.drydock.judge.AgreementReport;
import dev.drydock.judge.MeasureAgreement;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** {@code /api/agreement}: what people said of an agent's outputs against what it decided. */
@Path("/api/agreement")
public final class AgreementResource {

    private static final int MOST_DAYS = 366;

    private final MeasureAgreement agreement;
    private final Agents agents;

    AgreementResource(MeasureAgreement agreement, Agents agents) {
        this.agreement = agreement;
        this.agents = agents;
    }

    @GET
    public AgreementReport agreement(@RestQuery @Nullable String agent, @RestQuery @DefaultValue("90") int days) {
        if (days < 1 || days > MOST_DAYS) {
            throw Problem.of(Response.Status.BAD_REQUEST, "days must be a number from 1 to %d.".formatted(MOST_DAYS));
        }
        if (agent == null) {
            throw Problem.of(Response.Status.BAD_REQUEST, "Name the agent: /api/agreement?agent=NAME.");
        }
        RequestParameters.agent(agents, agent);
        return agreement.report(agent, days);
    }
}
