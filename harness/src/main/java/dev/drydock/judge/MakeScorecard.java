package dev.drydock.judge;

import dev.drydock.agent.Mode;
import dev.drydock.config.DrydockConfig;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.EvalJournal;
import dev.drydock.journal.EvalRun;
import dev.drydock.journal.EvalRun.Figures;
import dev.drydock.journal.Observations;
import dev.drydock.journal.Observations.Kind;
import dev.drydock.journal.RunHistory;
import dev.drydock.journal.ScorecardFigures;
import dev.drydock.judge.Scorecard.AgentWeeks;
import dev.drydock.judge.Scorecard.Week;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the weekly scorecard out of the journal. */
@Singleton
public class MakeScorecard {

    private static final int SCALE = 6;
    private static final double DAY_SECONDS = Duration.ofDays(1).toSeconds();

    private final ScorecardFigures figures;
    private final RunHistory runs;
    private final Observations observations;
    private final ZoneId zone;
    private final InstantSource clock;

    @Inject
    EvalJournal evals;

    MakeScorecard(
            ScorecardFigures figures,
            RunHistory runs,
            Observations observations,
            DrydockConfig config,
            InstantSource clock) {
        this.figures = figures;
        this.runs = runs;
        this.observations = observations;
        this.zone = config.zone();
        this.clock = clock;
    }

    /** The week that has not ended, and those before it; agents without runs have none. Records that it was made. */
    public Scorecard make(Collection<RegisteredAgent<?, ?>> agents, int weeks) {
        var now = clock.instant();
        var today = LocalDate.ofInstant(now, zone);
        var monday = today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        var cards = agents.stream()
                .map(agent -> of(agent, monday.minusWeeks(weeks - 1L), now))
                .toList();
        observations.store(Kind.SCORECARD, "", true, "%d weeks".formatted(weeks), null);
        return new Scorecard(today, cards);
    }

    private AgentWeeks of(RegisteredAgent<?, ?> agent, LocalDate first, Instant now) {
        var begun = runs.firstStart(agent.name());
        var weeks = new ArrayList<Week>();
        begun.ifPresent(run -> figures.weeks(agent.name(), first).forEach((monday, measured) -> {
            if (run.isBefore(start(monday.plusWeeks(1)))) {
                weeks.add(week(agent, monday, later(run, start(monday)), now, measured));
            }
        }));
        return new AgentWeeks(agent.name(), List.copyOf(weeks), ScorecardSentence.of(agent.name(), weeks));
    }

    /** @param from the start of the week, or of the agent's first run in it */
    private Week week(
            RegisteredAgent<?, ?> agent, LocalDate monday, Instant from, Instant now, ScorecardFigures.Week measured) {
        var end = start(monday.plusWeeks(1));
        var to = end.isBefore(now) ? end : now;
        var eval = evals.lastMeasured(agent.name(), start(monday), end).map(EvalRun::figures);
        var days = Math.max(1, Duration.between(from, to).toSeconds() / DAY_SECONDS);
        return new Week(
                monday,
                !end.isAfter(now),
                measured.inputs(),
                measured.decided(),
                measured.failed(),
                measured.judged(),
                measured.judged() == 0 ? null : measured.agreed() / (double) measured.judged(),
                measured.dangerous(),
                eval.map(figures -> figures.correct() / (double) figures.cases())
                        .orElse(null),
                eval.map(Figures::dangerous).orElse(null),
                measured.p95Millis(),
                per(measured, BigDecimal.valueOf(days)),
                measured.decided() == 0 ? null : per(measured, BigDecimal.valueOf(measured.decided())),
                measured.delivered(),
                onTime(agent, from, to),
                uptime(agent, measured.completed(), from, to),
                measured.alerts(),
                measured.changes());
    }

    private static @Nullable BigDecimal per(ScorecardFigures.Week measured, BigDecimal number) {
        return measured.usd() == null ? null : measured.usd().divide(number, SCALE, RoundingMode.HALF_UP);
    }

    /** Null without a deadline that has passed. */
    private @Nullable Double onTime(RegisteredAgent<?, ?> agent, Instant from, Instant to) {
        var deadline = agent.settings().deliverBy();
        if (deadline.isEmpty()) {
            return null;
        }
        var own = agent.settings().zone();
        var first = figures.firstOutputs(agent.name(), agent.settings().mode() == Mode.SHADOW, own, from, to);
        var due = LocalDate.ofInstant(from, own)
                .datesUntil(LocalDate.ofInstant(to, own).plusDays(1))
                .filter(day -> deadline.get().days().contains(day.getDayOfWeek()))
                .filter(day -> deadline.get().at(day, own).isAfter(from)
                        && !deadline.get().at(day, own).isAfter(to))
                .toList();
        var met = due.stream()
                .filter(day -> Optional.ofNullable(first.get(day))
                        .filter(time -> !time.isAfter(deadline.get().time()))
                        .isPresent())
                .count();
        return due.isEmpty() ? null : met / (double) due.size();
    }

    /** Null where nothing was due. */
    private static @Nullable Double uptime(RegisteredAgent<?, ?> agent, long completed, Instant from, Instant to) {
        var settings = agent.settings();
        var due = DueTimes.count(settings.schedule(), settings.zone(), from, to);
        return due == 0 ? null : Math.min(1, completed / (double) due);
    }

    private Instant start(LocalDate day) {
        return day.atStartOfDay(zone).toInstant();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
