package dev.drydock.console;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drydock.config.Agents;
import dev.drydock.config.LiveLabels;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.console.ModelLimits.ModelLimitsView;
import dev.drydock.journal.EarnedLabels;
import dev.drydock.journal.EarnedLabels.Move;
import dev.drydock.journal.EarnedLabels.Standing;
import dev.drydock.journal.JournalQueries;
import dev.drydock.journal.Json;
import dev.drydock.journal.ModelChecks;
import dev.drydock.outbox.LimitedDeliveries;
import dev.drydock.run.CycleScheduler;
import dev.drydock.run.HeartbeatExpectation;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** {@code /api/agents}. */
@Path("/api/agents")
public final class AgentsResource {

    /**
     * An agent as the API shows it.
     *
     * @param model its default model
     * @param modelCheck what {@code model-check} found about that model; null if it was not checked
     * @param limits what its model takes at the moment, and how long its answers are
     * @param nextFireAt null for an agent that only runs on request
     * @param expectedEvery the period to configure at the heartbeat's check; null if the check uses the schedule
     * @param outputsWaiting which outputs wait for the rate limit of their receiver; null if none do
     * @param grace how much later than expected a heartbeat may come
     * @param labels whose outputs are delivered in live mode
     */
    public record AgentView(
            String name,
            String mode,
            String schedule,
            String zone,
            String model,
            @Nullable JsonNode modelCheck,
            ModelLimitsView limits,
            @Nullable RunView lastRun,
            @Nullable Instant nextFireAt,
            @Nullable String outputsWaiting,
            @Nullable String expectedEvery,
            String grace,
            Labels labels) {}

    /** A run that has been started. */
    public record Started(UUID runId) {}

    private final Agents agents;
    private final RunActions actions;
    private final CycleScheduler schedules;
    private final HeartbeatExpectation expectations;
    private final JournalQueries journal;

    @ConfigProperty(name = "drydock.model.name")
    String model = "";

    @Inject
    ModelChecks checks;

    @Inject
    Json json;

    @Inject
    ModelLimits limits;

    @Inject
    EarnedLabels labels;

    @Inject
    LimitedDeliveries limited;

    AgentsResource(
            Agents agents,
            RunActions actions,
            CycleScheduler schedules,
            HeartbeatExpectation expectations,
            JournalQueries journal) {
        this.agents = agents;
        this.actions = actions;
        this.schedules = schedules;
        this.expectations = expectations;
        this.journal = journal;
    }

    @GET
    public List<AgentView> list() {
        return agents.all().stream().map(this::view).toList();
    }

    /** Starts a cycle now; 409 while one runs, 503 while the process stops. */
    @POST
    @Path("/{name}/runs")
    public RestResponse<Started> run(String name) {
        return RestResponse.accepted(new Started(actions.start(name)));
    }

    private AgentView view(RegisteredAgent<?, ?> agent) {
        var expected = expectations.of(agent);
        return new AgentView(
                agent.name(),
                agent.settings().mode().name().toLowerCase(Locale.ROOT),
                agent.settings().schedule().toString(),
                agent.settings().zone().toString(),
                model,
                checks.find(model).map(json::tree).orElse(null),
                limits.of(agent.name()),
                journal.runs(agent.name(), 1).stream()
                        .findFirst()
                        .map(RunView::of)
                        .orElse(null),
                schedules.nextFireAt(agent.name()).orElse(null),
                limited.describe(agent).orElse(null),
                expected.every() == null ? null : expected.every().toString(),
                expected.grace().toString(),
                Labels.of(agent, labels));
    }

    /**
     * Which labels of an agent go live.
     *
     * @param setting {@code all}, {@code earned}, or the labels
     * @param live those that are delivered by themselves in live mode; empty for {@code all}
     * @param moves the latest moves of labels that earned it or fell back, the latest first
     */
    @RegisterForReflection
    public record Labels(String setting, List<String> live, List<Move> moves) {

        private static final int MOVES = 20;

        static Labels of(RegisteredAgent<?, ?> agent, EarnedLabels labels) {
            var setting = agent.settings().liveLabels();
            return setting.kind() == LiveLabels.Kind.EARNED
                    ? new Labels(
                            setting.toString(),
                            labels.of(agent.name()).stream()
                                    .map(Standing::last)
                                    .filter(Move::live)
                                    .map(Move::label)
                                    .toList(),
                            labels.moves(agent.name(), MOVES))
                    : new Labels(setting.toString(), setting.fixed(), List.of());
        }
    }
}
