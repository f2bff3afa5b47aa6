package dev.drydock.judge;

import static dev.drydock.judge.ChecklistLine.fails;
import static dev.drydock.judge.ChecklistLine.holds;
import static dev.drydock.judge.ChecklistLine.seen;
import static dev.drydock.judge.ChecklistLine.unseen;
import static java.util.stream.Collectors.joining;

import dev.drydock.journal.CheckFigures.Calls;
import dev.drydock.journal.CheckFigures.Entries;
import dev.drydock.journal.CheckFigures.Runs;
import dev.drydock.journal.CheckFigures.Seen;
import dev.drydock.journal.CheckFigures.ShadowDays;
import dev.drydock.journal.Observations;
import dev.drydock.journal.Observations.Kind;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** The lines about reliability, out of what the agents' runs, entries and calls show. */
@Singleton
class CheckReliability {

    private static final int SHADOW_DAYS = 5;
    private static final int MOST_FAILED_PERCENT = 5;
    private static final Duration ROLLBACK = Duration.ofMinutes(5);

    private final Observations observations;

    CheckReliability(Observations observations) {
        this.observations = observations;
    }

    List<ChecklistLine> lines(Seen seen) {
        var runs = seen.runs();
        var calls = seen.calls();
        var entries = seen.entries();
        return List.of(
                shadow(seen.shadow()),
                edgeCases(entries),
                seen(
                        ChecklistItem.R3,
                        runs.retried() > 0 || calls.retries() > 0,
                        "%,d retries that succeeded, %,d runs skipped with MODEL_DOWN"
                                .formatted(calls.retries(), runs.retried()),
                        "Rehearse it: one cycle in shadow mode with OPENAI_BASE_URL=http://127.0.0.1:9/v1 ends SKIPPED"),
                seen(
                        ChecklistItem.R4,
                        runs.recovered() > 0 && entries.twice() == 0,
                        "%,d runs skipped with SOURCE_DOWN that a later run made up for".formatted(runs.recovered()),
                        "Rehearse it: one cycle in shadow mode without access to the source ends SKIPPED"),
                malformed(calls, entries),
                seen(
                        ChecklistItem.R6,
                        entries.cut() > 0,
                        "%,d entries decided with a truncated input".formatted(entries.cut()),
                        "Rehearse it: let the agent decide an item larger than its model's context, in shadow mode"),
                duplicates(runs, entries),
                rollback());
    }

    private static ChecklistLine shadow(List<ShadowDays> days) {
        var evidence = days.stream()
                .map(agent -> "%s: %d days, %,d decided, %,d failed"
                        .formatted(agent.agent(), agent.days(), agent.decided(), agent.failed()))
                .collect(joining("; "));
        return days.stream().allMatch(CheckReliability::isEnough)
                ? holds(ChecklistItem.R1, evidence)
                : fails(
                        ChecklistItem.R1,
                        evidence,
                        "Run in shadow mode on %d days, with at most %d %% of the entries failed"
                                .formatted(SHADOW_DAYS, MOST_FAILED_PERCENT));
    }

    private static boolean isEnough(ShadowDays shadow) {
        return shadow.days() >= SHADOW_DAYS
                && shadow.failed() * 100 <= MOST_FAILED_PERCENT * (shadow.decided() + shadow.failed());
    }

    private static ChecklistLine edgeCases(Entries entries) {
        var evidence = "%,d of %,d entries POISONED; rule() decided %,d"
                .formatted(entries.poisoned(), entries.decided() + entries.poisoned(), entries.byRule());
        return entries.poisoned() > 0
                ? fails(ChecklistItem.R2, evidence, "Handle them in the agent, then: ./drydock retry AGENT")
                : seen(ChecklistItem.R2, entries.decided() > 0, evidence, "Run in shadow mode");
    }

    private static ChecklistLine malformed(Calls calls, Entries entries) {
        var evidence = "%,d answers asked for again, %,d entries POISONED by an answer"
                .formatted(calls.repairs(), entries.unusable());
        return entries.unusable() > 0
                ? fails(
                        ChecklistItem.R5,
                        evidence,
                        "Look at their calls in /api/entries/ID, then correct prompt or model")
                : seen(
                        ChecklistItem.R5,
                        calls.repairs() > 0,
                        evidence,
                        "./drydock model-check shows whether your server follows a schema");
    }

    private static ChecklistLine duplicates(Runs runs, Entries entries) {
        var evidence = "%,d items fetched again and not admitted, %,d outputs delivered twice"
                .formatted(runs.duplicates(), entries.twice());
        return entries.twice() > 0
                ? fails(
                        ChecklistItem.R7,
                        evidence,
                        "Let the receiver use the delivery key, or set DRYDOCK_DELIVERY=at-most-once")
                : seen(ChecklistItem.R7, runs.duplicates() > 0, evidence, "Run two cycles over the same items");
    }

    private ChecklistLine rollback() {
        var restore = observations
                .find(Kind.RESTORE, "")
                .map(seen -> "restore on " + day(seen))
                .orElse("no restore of the database recorded");
        var rollback = observations.find(Kind.ROLLBACK, "");
        if (rollback.isEmpty()) {
            return unseen(
                    ChecklistItem.R8,
                    "No rollback recorded; " + restore,
                    "Go back to the release before, then: ./drydock rehearse rollback --took 3m");
        }
        var took = rollback.get().took();
        if (took == null) {
            return unseen(
                    ChecklistItem.R8,
                    "rollback on %s, nobody said how long it took; %s".formatted(day(rollback.get()), restore),
                    "./drydock rehearse rollback --took 3m");
        }
        var evidence = "rollback on %s took %d s; %s".formatted(day(rollback.get()), took.toSeconds(), restore);
        return took.compareTo(ROLLBACK) < 0
                ? holds(ChecklistItem.R8, evidence)
                : fails(ChecklistItem.R8, evidence, "Make it faster: docs/deploy has the steps, and keep images ready");
    }

    private static LocalDate day(Observations.Observation seen) {
        return LocalDate.ofInstant(seen.seenAt(), ZoneOffset.UTC);
    }
}
