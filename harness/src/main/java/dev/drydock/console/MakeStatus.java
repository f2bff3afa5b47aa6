package dev.drydock.console;

import dev.drydock.agent.Mode;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.console.AgentStatus.Costing;
import dev.drydock.console.AgentStatus.Improving;
import dev.drydock.console.AgentStatus.Running;
import dev.drydock.journal.Run;
import dev.drydock.journal.StatusFigures;
import dev.drydock.journal.StatusFigures.Recent;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.InstantSource;
import java.util.List;

/** Answers the four questions about each agent, for the page and the API. */
@Singleton
public class MakeStatus {

    private final AnswerRunning running;
    private final AnswerWorking working;
    private final AnswerCosting costing;
    private final AnswerImproving improving;
    private final StatusFigures figures;

    @Inject
    InstantSource clock;

    MakeStatus(
            AnswerRunning running,
            AnswerWorking working,
            AnswerCosting costing,
            AnswerImproving improving,
            StatusFigures figures) {
        this.running = running;
        this.working = working;
        this.costing = costing;
        this.improving = improving;
        this.figures = figures;
    }

    /**
     * The answers for one agent.
     *
     * @param latest runs of the agent, the newest first
     */
    public AgentStatus of(RegisteredAgent<?, ?> agent, List<Run> latest) {
        var now = clock.instant();
        var runs = running.answer(agent, latest, now);
        var costs = costing.answer(agent, now);
        var improves = improving.answer(agent, now);
        return new AgentStatus(
                agent.name(),
                agent.settings().mode(),
                verdict(agent, runs, costs, improves, figures.since(agent.name(), now.minus(AnswerRunning.RECENT))),
                runs,
                working.answer(agent, now),
                costs,
                improves);
    }

    private static String verdict(
            RegisteredAgent<?, ?> agent, Running runs, Costing costs, Improving improves, Recent recent) {
        var outputs = agent.settings().mode() == Mode.SHADOW
                ? "decided %,d (shadow mode delivers nothing)".formatted(recent.decided())
                : "delivered %,d".formatted(recent.delivered());
        var budget = costs.budgetUsd() == null ? "" : " of " + usd(costs.budgetUsd());
        var trend = switch (improves.answer().word()) {
            case "BETTER" -> ", better than last week";
            case "WORSE" -> ", worse than last week";
            case "STEADY" -> ", as good as last week";
            default -> "";
        };
        return "%s ran %d of %d in 24 h, %s, %s%s today%s"
                .formatted(agent.name(), runs.completed(), runs.due(), outputs, usd(costs.todayUsd()), budget, trend);
    }

    /** With two digits, or as many as a small amount needs. */
    public static String usd(BigDecimal amount) {
        var small = amount.signum() != 0 && amount.abs().compareTo(new BigDecimal("0.1")) < 0;
        var digits = small ? Math.max(2, 1 + amount.scale() - amount.precision() + 1) : 2;
        return "$" + amount.setScale(digits, RoundingMode.HALF_UP).toPlainString();
    }
}
