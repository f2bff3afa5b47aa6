package dev.drydock.judge.eval;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.judge.eval.Comparison.Turn;
import dev.drydock.judge.eval.EvalEvent.AccuracyRegressed;
import dev.drydock.judge.eval.EvalEvent.DangerousCases;
import dev.drydock.judge.eval.RunEval.Folders;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;

/**
 * Tells observers if an eval with the live model shows that an agent got worse. It is compared with the baseline, if the same
 * model was asked for it, otherwise with the eval with the live model before. An eval that measured nothing tells nothing.
 */
@Singleton
class ReportDecline {

    private final StoreEval store;
    private final EvalFiles files;
    private final Event<EvalEvent> events;

    ReportDecline(StoreEval store, ObjectMapper json, Event<EvalEvent> events) {
        this.store = store;
        this.files = new EvalFiles(json);
        this.events = events;
    }

    /** The report with the comparison that counts, made before it is stored itself; without one if it is the first. */
    EvalReport compare(EvalReport report, Folders folders) {
        var result = report.result();
        if (result == null) {
            return report;
        }
        var agent = report.agent();
        return files.baseline(folders.baseline(agent))
                .filter(baseline -> baseline.model().equals(result.model()))
                .map(baseline -> EvalReport.compared(agent, "baseline", baseline, result))
                .or(() -> store.last(agent).map(last -> EvalReport.compared(agent, "last time", last, result)))
                .orElseGet(() -> EvalReport.alone(agent, result));
    }

    void report(EvalReport report) {
        report.comparison().ifPresent(comparison -> report(report.agent(), comparison));
    }

    private void report(String agent, Comparison comparison) {
        var before = comparison.figuresBefore();
        var after = comparison.figuresAfter();
        if (Gate.fell(before.accuracy(), after.accuracy(), comparison.labels())) {
            events.fire(new AccuracyRegressed(
                    agent,
                    "accuracy",
                    before.accuracy().rate(),
                    after.accuracy().rate()));
        }
        for (var field : comparison.fields()) {
            var earlier = before.fields().getOrDefault(field, Proportion.NONE);
            var later = after.fields().getOrDefault(field, Proportion.NONE);
            if (Gate.fell(earlier, later, comparison.field(field))) {
                events.fire(new AccuracyRegressed(agent, field, earlier.rate(), later.rate()));
            }
        }
        if (after.dangerous().count() > before.dangerous().count()) {
            events.fire(new DangerousCases(
                    agent,
                    before.dangerous().count(),
                    after.dangerous().count(),
                    comparison.where(Turn::turnedDangerous).stream()
                            .map(turn -> turn.after().id())
                            .toList()));
        }
    }
}
