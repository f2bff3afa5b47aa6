package dev.drydock.console;

import dev.drydock.config.RegisteredAgent;
import dev.drydock.console.AgentStatus.Answer;
import dev.drydock.console.AgentStatus.Running;
import dev.drydock.journal.Run;
import dev.drydock.journal.RunHistory;
import dev.drydock.journal.RunOutcome;
import dev.drydock.journal.StatusFigures;
import dev.drydock.judge.DueTimes;
import dev.drydock.run.CycleScheduler;
import dev.drydock.run.HeartbeatExpectation;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether an agent runs when it should, and how its runs end. */
@Singleton
class AnswerRunning {

    static final Duration RECENT = Duration.ofHours(24);

    private final StatusFigures figures;
    private final RunHistory history;
    private final CycleScheduler schedules;
    private final HeartbeatExpectation expectations;

    AnswerRunning(
            StatusFigures figures, RunHistory history, CycleScheduler schedules, HeartbeatExpectation expectations) {
        this.figures = figures;
        this.history = history;
        this.schedules = schedules;
        this.expectations = expectations;
    }

    /** @param latest the newest first */
    Running answer(RegisteredAgent<?, ?> agent, List<Run> latest, Instant now) {
        var from = now.minus(RECENT);
        var recent = figures.since(agent.name(), from);
        var begun = history.firstStart(agent.name())
                .filter(first -> first.isAfter(from))
                .orElse(from);
        var due = DueTimes.count(agent.settings().schedule(), agent.settings().zone(), begun, now);
        var last = latest.isEmpty() ? null : latest.get(0);
        return new Running(
                answer(agent, last, now),
                last == null ? null : RunView.of(last),
                schedules.nextFireAt(agent.name()).orElse(null),
                recent.completed(),
                Math.max(due, recent.ended()));
    }

    private Answer answer(RegisteredAgent<?, ?> agent, @Nullable Run last, Instant now) {
        if (last == null) {
            return new Answer(Tone.NEUTRAL, "NO RUN YET", "It has not run yet.");
        }
        if (last.outcome() == RunOutcome.RUNNING) {
            return new Answer(Tone.BUSY, "RUNNING", "A run is going on.");
        }
        var overdue = schedules.nextFireAt(agent.name()).isPresent() && isOverdue(agent, last, now);
        if (overdue) {
            return new Answer(Tone.BAD, "OVERDUE", "A run was due and has not started.");
        }
        var tone = Tone.of(last.outcome());
        return new Answer(
                tone, tone == Tone.GOOD ? "ON SCHEDULE" : last.outcome().name(), RunWords.sentence(last));
    }

    private boolean isOverdue(RegisteredAgent<?, ?> agent, Run last, Instant now) {
        var grace = expectations.of(agent).grace();
        return agent.settings()
                .schedule()
                .lastUntil(now.minus(grace), agent.settings().zone())
                .filter(due -> due.isAfter(last.startedAt()))
                .isPresent();
    }
}
