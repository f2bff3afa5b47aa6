package dev.drydock.judge;

import static java.util.stream.Collectors.joining;

import dev.drydock.judge.Scorecard.AgentWeeks;
import dev.drydock.judge.Scorecard.Week;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The last complete week as a short text for the alert channels.
 *
 * @param summary one line: the sentence of each agent
 * @param figures one line: the figures of each agent
 */
public record ScorecardMessage(String summary, String figures) {

    private static final double PERCENT = 100;

    /** Empty if no agent has a complete week. */
    public static Optional<ScorecardMessage> of(Scorecard card, LocalDate monday) {
        var complete = card.agents().stream()
                .filter(agent -> week(agent, monday).isPresent())
                .toList();
        return complete.isEmpty()
                ? Optional.empty()
                : Optional.of(new ScorecardMessage(
                        "Week of %s. %s"
                                .formatted(
                                        monday,
                                        complete.stream()
                                                .map(AgentWeeks::sentence)
                                                .collect(joining(" "))),
                        complete.stream()
                                .map(agent -> agent.agent() + ": "
                                        + figures(week(agent, monday).orElseThrow()))
                                .collect(joining(" "))));
    }

    private static Optional<Week> week(AgentWeeks agent, LocalDate monday) {
        return agent.weeks().stream()
                .filter(week -> week.complete() && week.monday().equals(monday))
                .findFirst();
    }

    private static String figures(Week week) {
        var parts = new ArrayList<>(List.of(
                "%,d inputs".formatted(week.inputs()),
                "%,d decided".formatted(week.decided()),
                "%,d delivered".formatted(week.delivered())));
        var agreement = week.agreement();
        if (agreement != null) {
            parts.add(String.format(
                    Locale.ROOT,
                    "agreement %.0f %% of %,d, %,d dangerous",
                    agreement * PERCENT,
                    week.judged(),
                    week.dangerous()));
        }
        var accuracy = week.evalAccuracy();
        if (accuracy != null) {
            parts.add(String.format(
                    Locale.ROOT, "eval %.0f %%, %,d dangerous", accuracy * PERCENT, week.evalDangerous()));
        }
        var uptime = week.uptime();
        if (uptime != null) {
            parts.add(String.format(Locale.ROOT, "uptime %.0f %%", uptime * PERCENT));
        }
        var usd = week.usdPerDay();
        if (usd != null) {
            parts.add(String.format(Locale.ROOT, "%.2f USD a day", usd));
        }
        return String.join(", ", parts) + ".";
    }
}
