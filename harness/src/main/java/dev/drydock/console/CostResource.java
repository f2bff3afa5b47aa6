package dev.drydock.console;

import dev.drydock.judge.CostReport;
import dev.drydock.judge.ReportCost;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.InstantSource;

/** {@code /api/cost}. */
@Path("/api/cost")
public final class CostResource {

    private final ReportCost cost;
    private final InstantSource clock;

    CostResource(ReportCost cost, InstantSource clock) {
        this.cost = cost;
        this.clock = clock;
    }

    /** What {@code cost --json} prints. */
    @GET
    public CostReport cost() {
        return cost.report(clock);
    }
}
