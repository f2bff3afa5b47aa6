package dev.drydock.console;

import dev.drydock.config.RegisteredAgent;
import dev.drydock.console.AgentStatus.Answer;
import dev.drydock.console.AgentStatus.Eval;
import dev.drydock.console.AgentStatus.Improving;
import dev.drydock.console.AgentStatus.Week;
import dev.drydock.journal.EvalJournal;
import dev.drydock.journal.EvalRun;
import dev.drydock.journal.EvalRun.Figures;
import dev.drydock.journal.StatusFigures;
import jakarta.inject.Singleton;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether people agree with an agent's outputs more than they did. */
@Singleton
class AnswerImproving {

    private static final int WEEKS = 6;
    private static final double POINTS = 0.02;

    private final StatusFigures figures;
    private final EvalJournal evals;

    AnswerImproving(StatusFigures figures, EvalJournal evals) {
        this.figures = figures;
        this.evals = evals;
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
        var eval = eval(agent.name(), now);
        return new Improving(answer(agent.name(), weeks, eval), weeks, eval);
    }

    private @Nullable Eval eval(String agent, Instant now) {
        var last = evals.lastMeasured(agent, null, now).orElse(null);
        var figures = last == null ? null : last.figures();
        if (last == null || figures == null) {
            return null;
        }
        var before = evals.lastMeasured(agent, null, last.endedAt())
                .map(EvalRun::figures)
                .map(AnswerImproving::accuracy)
                .orElse(null);
        return new Eval(last.endedAt(), figures.cases(), accuracy(figures), figures.dangerous(), before);
    }

    private static double accuracy(Figures measured) {
        return measured.cases() == 0 ? 0 : measured.correct() / (double) measured.cases();
    }

    private static Answer answer(String agent, List<Week> weeks, @Nullable Eval eval) {
        var measured = weeks.stream().filter(week -> week.agreement() != null).toList();
        if (measured.isEmpty() && eval != null) {
            var said = "%.0f %% of %d eval cases were decided rightly".formatted(eval.accuracy() * 100, eval.cases());
            var before = eval.accuracyBefore();
            return before == null
                    ? new Answer(Tone.NEUTRAL, "FIRST EVAL", said + "; there is no eval to compare it with.")
                    : compared(eval.accuracy(), before, "%s, after %.0f %%.".formatted(said, before * 100));
        }
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
        return compared(now, before, "%s, after %.0f %% in the week before.".formatted(said, before * 100));
    }

    private static Answer compared(double now, double before, String sentence) {
        if (now > before + POINTS) {
            return new Answer(Tone.GOOD, "BETTER", sentence);
        }
        return now < before - POINTS
                ? new Answer(Tone.WARN, "WORSE", sentence)
                : new Answer(Tone.GOOD, "STEADY", sentence);
    }

    private static double share(Week week) {
        var agreement = week.agreement();
        return agreement == null ? 0 : agreement;
    }
}
