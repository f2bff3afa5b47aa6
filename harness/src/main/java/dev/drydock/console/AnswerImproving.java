package dev.drydock.console;

import dev.drydock.config.RegisteredAgent;
import dev.drydock.console.AgentStatus.Answer;
import dev.drydock.console.AgentStatus.Improving;
import dev.drydock.console.AgentStatus.Week;
import dev.drydock.journal.StatusFigures;
import jakarta.inject.Singleton;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.List;

/** Whether people agree with an agent's outputs more than they did. */
@Singleton
class AnswerImproving {

    private static final int WEEKS = 6;
    private static final double POINTS = 0.02;

    private final StatusFigures figures;

    AnswerImproving(StatusFigures figures) {
        this.figures = figures;
    }

    Improving answer(RegisteredAgent<?, ?> agent, Instant now) {
        var zone = agent.settings().zone();
        var monday = LocalDate.ofInstant(now, zone).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        var weeks = figures.judged(agent.name(), monday.minusWeeks(WEEKS - 1L), zone).stream()
                .map(week -> new Week(
                        week.monday(),
                        week.judged(),
                        week.judged() == 0 ? null : week.agreed() / (double) week.judged(),
                        week.dangerous(),
                        week.rating()))
                .toList();
        return new Improving(answer(agent.name(), weeks), weeks);
    }

    private static Answer answer(String agent, List<Week> weeks) {
        var measured = weeks.stream().filter(week -> week.agreement() != null).toList();
        if (measured.isEmpty()) {
            return new Answer(
                    Tone.NEUTRAL,
                    "NO DATA YET",
                    "Nobody has judged an output in the last weeks. Give feedback, or run ./drydock eval %s."
                            .formatted(agent));
        }
        var last = measured.get(measured.size() - 1);
        if (last.dangerous() > 0) {
            return new Answer(
                    Tone.BAD,
                    "DANGEROUS",
                    "%d dangerous mistakes in the last judged week.".formatted(last.dangerous()));
        }
        var now = share(last);
        var said = "People agreed with %.0f %% of %d outputs".formatted(now * 100, last.judged());
        if (measured.size() == 1) {
            return new Answer(Tone.NEUTRAL, "FIRST WEEK", said + "; there is no week to compare it with.");
        }
        var before = share(measured.get(measured.size() - 2));
        var compared = "%s, after %.0f %% in the week before.".formatted(said, before * 100);
        if (now > before + POINTS) {
            return new Answer(Tone.GOOD, "BETTER", compared);
        }
        return now < before - POINTS
                ? new Answer(Tone.WARN, "WORSE", compared)
                : new Answer(Tone.GOOD, "STEADY", compared);
    }

    private static double share(Week week) {
        var agreement = week.agreement();
        return agreement == null ? 0 : agreement;
    }
}
