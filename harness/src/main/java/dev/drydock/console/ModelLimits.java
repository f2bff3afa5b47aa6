package dev.drydock.console;

import dev.drydock.config.Agents;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.CallHistory;
import dev.drydock.journal.CallHistory.OutputTokens;
import dev.drydock.model.RateLimit;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the agents' models take at the moment, and how long their answers are. */
@Singleton
public final class ModelLimits {

    private static final int MIN_ANSWERS = 20;
    private static final int STEP = 50;

    private final RateLimit rates;
    private final CallHistory calls;
    private final Agents agents;

    ModelLimits(RateLimit rates, CallHistory calls, Agents agents) {
        this.rates = rates;
        this.calls = calls;
        this.agents = agents;
    }

    /**
     * The limits of an agent's model in this process, and its answers.
     *
     * @param callsAllowed calls that may be in flight now
     * @param waitedSeconds of all calls since the process started
     * @param refusals calls that the server did not take, by kind: {@code rate_limited}, {@code timed_out} in its queue
     * @param outputTokens of the agent's latest answers; null if there are too few
     */
    public record ModelLimitsView(
            String model,
            int callsAllowed,
            int callsInFlight,
            int callsWaiting,
            double waitedSeconds,
            Map<String, Long> refusals,
            @Nullable OutputTokens outputTokens) {}

    public ModelLimitsView of(String agent) {
        var state = rates.stateOf(agent);
        return new ModelLimitsView(
                state.model(),
                state.limit(),
                state.inFlight(),
                state.waiting(),
                state.waited().toMillis() / 1000.0,
                Map.of("rate_limited", state.refused(), "timed_out", state.timedOut()),
                outputTokens(agent).orElse(null));
    }

    /** Of the agent's latest answers; empty if there are too few. */
    Optional<OutputTokens> outputTokens(String agent) {
        return calls.outputTokens(agent).filter(tokens -> tokens.answers() >= MIN_ANSWERS);
    }

    /**
     * The limit of output tokens that suffices for 99 of 100 answers of each agent, as {@code application.properties} reads it;
     * empty if requests reserve less than twice as many. Providers count what is reserved against the tokens of a minute.
     */
    Optional<String> outputSetting() {
        return outputSetting(agents.all().stream()
                .map(RegisteredAgent::name)
                .flatMap(agent -> outputTokens(agent).stream())
                .toList());
    }

    /** The same for answers that were read before. */
    public static Optional<String> outputSetting(Collection<OutputTokens> latest) {
        var needed = latest.stream().mapToLong(OutputTokens::p99).max().orElse(0);
        var reserved = latest.stream().mapToLong(OutputTokens::reserved).max().orElse(0);
        var limit = (needed + STEP - 1) / STEP * STEP;
        return limit > 0 && reserved >= 2 * limit
                ? Optional.of("drydock.model.max-output-tokens=" + limit)
                : Optional.empty();
    }
}
