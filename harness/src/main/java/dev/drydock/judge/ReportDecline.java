package dev.drydock.judge;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.judge.Comparison.Turn;
import dev.drydock.judge.QualityEvent.AccuracyRegressed;
import dev.drydock.judge.QualityEvent.DangerousCases;
import dev.drydock.judge.RunEval.Folders;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.util.Objects;
import java.util.Optional;

/**
 * Tells observers if an eval with the live model shows that an agent got worse. It is compared with the baseline, if the same
 * model was asked for it, otherwise with the eval with the live model before. An eval that measured nothing tells nothing.
 */
@Singleton
class ReportDecline {

    private final StoreEval store;
    private final EvalFiles files;
    private final Event<QualityEvent> events;

    ReportDecline(StoreEval store, ObjectMapper json, Event<QualityEvent> events) {
        this.store = store;
        this.files = new EvalFiles(json);
        this.events = events;
    }

    /** What the result is compared with, asked before it is stored itself; empty if it is the first. */
    Optional<EvalResult> reference(EvalReport report, Folders folders) {
        var result = report.result();
        return result == null
                ? Optional.empty()
                : files.baseline(folders.baseline(report.agent()))
                        .filter(baseline -> baseline.model().equals(result.model()))
                        .or(() -> store.last(report.agent()));
    }

    void report(EvalReport report, Optional<EvalResult> reference) {
        reference.ifPresent(
                before -> report(report.agent(), Comparison.of(before, Objects.requireNonNull(report.result()))));
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
