package dev.drydock.console;

import dev.drydock.agent.Mode;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.console.AgentStatus.Answer;
import dev.drydock.console.AgentStatus.Working;
import dev.drydock.journal.AuditLog;
import dev.drydock.journal.EntryState;
import dev.drydock.journal.StatusFigures;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Whether an agent's outputs are out in time, what failed, and what it decides. */
@Singleton
class AnswerWorking {

    private static final Duration WEEK = Duration.ofDays(7);
    private static final int FAILURES = 5;
    private static final int LABELS = 6;

    private record DeadlineState(boolean met, String words) {}

    private final StatusFigures figures;
    private final AuditLog audit;

    AnswerWorking(StatusFigures figures, AuditLog audit) {
        this.figures = figures;
        this.audit = audit;
    }

    Working answer(RegisteredAgent<?, ?> agent, Instant now) {
        var name = agent.name();
        var earliest = now.minus(WEEK);
        var seen = audit.failuresSeen(name).filter(earliest::isBefore).orElse(earliest);
        var failures = figures.failures(name, seen, FAILURES);
        var waiting = figures.waiting(name);
        var held = waiting.getOrDefault(EntryState.HELD, 0L);
        var setAside = waiting.getOrDefault(EntryState.POISONED, 0L)
                + waiting.getOrDefault(EntryState.UNDELIVERABLE, 0L)
                + waiting.getOrDefault(EntryState.EXPIRED, 0L);
        var deadline = deadline(agent, now);
        return new Working(
                answer(deadline, failures.size(), held, setAside),
                deadline == null ? null : deadline.words(),
                failures,
                held,
                setAside,
                figures.labels(name, now.minus(WEEK.multipliedBy(2)), earliest, LABELS));
    }

    private static Answer answer(@Nullable DeadlineState deadline, int failures, long held, long setAside) {
        if (deadline != null && !deadline.met()) {
            return new Answer(Tone.BAD, "LATE", deadline.words());
        }
        if (failures > 0) {
            return new Answer(
                    Tone.BAD,
                    "FAILURES",
                    failures < FAILURES
                            ? "%d failures to look at.".formatted(failures)
                            : "Several failures to look at.");
        }
        if (setAside > 0) {
            return new Answer(Tone.WARN, "SET ASIDE", "%,d entries are set aside.".formatted(setAside));
        }
        return held > 0
                ? new Answer(Tone.WARN, "WAITING", "%,d outputs wait for a person.".formatted(held))
                : new Answer(Tone.GOOD, "NO FAILURES", "Nothing failed, nothing waits.");
    }

    private @Nullable DeadlineState deadline(RegisteredAgent<?, ?> agent, Instant now) {
        var deadline = agent.settings().deliverBy().orElse(null);
        if (deadline == null) {
            return null;
        }
        var zone = agent.settings().zone();
        var day = deadline.lastDay(now, zone);
        var at = deadline.at(day, zone);
        var met = figures.anyOutput(
                agent.name(),
                agent.settings().mode() == Mode.SHADOW,
                day.atStartOfDay(zone).toInstant(),
                at);
        var when = day.equals(LocalDate.ofInstant(now, zone)) ? "today" : day.toString();
        return new DeadlineState(
                met,
                met
                        ? "The deadline %s was met %s.".formatted(deadline.time(), when)
                        : "No output was out by the deadline %s, %s.".formatted(deadline.time(), when));
    }
}
