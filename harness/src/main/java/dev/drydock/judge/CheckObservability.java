package dev.drydock.judge;

import static dev.drydock.judge.ChecklistLine.fails;
import static dev.drydock.judge.ChecklistLine.holds;
import static dev.drydock.judge.ChecklistLine.seen;
import static dev.drydock.judge.ChecklistLine.unseen;

import dev.drydock.journal.CheckFigures.Calls;
import dev.drydock.journal.CheckFigures.Entries;
import dev.drydock.journal.CheckFigures.Runs;
import dev.drydock.journal.CheckFigures.Seen;
import dev.drydock.journal.Observations;
import dev.drydock.journal.Observations.Kind;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.Config;

/** The lines about observability, out of what the journal has of calls and runs. */
@Singleton
class CheckObservability {

    private static final Duration REPLAY = Duration.ofSeconds(30);

    private final Config settings;
    private final Observations observations;

    CheckObservability(Config settings, Observations observations) {
        this.settings = settings;
        this.observations = observations;
    }

    List<ChecklistLine> lines(Seen seen) {
        return List.of(traced(seen.calls()), logs(seen.runs()), metrics(seen.calls(), seen.entries()), replay());
    }

    private static ChecklistLine traced(Calls calls) {
        var evidence = "%,d of %,d calls of the last 30 days are whole".formatted(calls.whole(), calls.all());
        return calls.whole() < calls.all()
                ? fails(ChecklistItem.O1, evidence, "Look at the log for calls that could not be recorded")
                : seen(ChecklistItem.O1, calls.all() > 0, evidence, "Run a cycle that asks the model");
    }

    private ChecklistLine logs(Runs runs) {
        var json = settings.getOptionalValue("quarkus.log.console.json.enabled", Boolean.class)
                .orElse(false);
        return json
                ? seen(
                        ChecklistItem.O2,
                        runs.all() > 0,
                        "JSON with runId; %,d of %,d runs have a trace id".formatted(runs.traced(), runs.all()),
                        "Run a cycle")
                : fails(
                        ChecklistItem.O2,
                        "JSON is off, as in dev mode and tests",
                        "In production, leave quarkus.log.console.json.enabled=true");
    }

    private static ChecklistLine metrics(Calls calls, Entries entries) {
        return seen(
                ChecklistItem.O3,
                entries.labelled() > 0 && calls.counted() > 0,
                "%,d decisions with labels, %,d calls with tokens and latency, counted at /q/metrics; who reads it is not seen here"
                        .formatted(entries.labelled(), calls.counted()),
                "Run a cycle that asks the model, and read /q/metrics: templates/monitoring");
    }

    private ChecklistLine replay() {
        var replay = observations.find(Kind.REPLAY, "");
        if (replay.isEmpty() || replay.get().took() == null) {
            return unseen(ChecklistItem.O4, "no replay recorded", "./drydock replay RUN");
        }
        var took = replay.get().took();
        var evidence = "%s took %d ms".formatted(replay.get().detail(), took.toMillis());
        return replay.get().ok() && took.compareTo(REPLAY) < 0
                ? holds(ChecklistItem.O4, evidence)
                : fails(ChecklistItem.O4, evidence, "Look at what differs: ./drydock replay RUN");
    }
}
