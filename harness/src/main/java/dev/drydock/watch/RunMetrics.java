package dev.drydock.watch;

import dev.drydock.outbox.DeliveryEvent;
import dev.drydock.run.RunEvent.CycleEnded;
import dev.drydock.run.RunEvent.EntryDecided;
import dev.drydock.run.RunEvent.StageFailed;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Locale;

/** Counts cycles, fetched and admitted items, decisions and errors. */
@Singleton
class RunMetrics {

    private final MeterRegistry registry;

    RunMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void ended(@Observes CycleEnded event) {
        var end = event.result();
        var reason = end.skipReason();
        registry.counter(
                        "drydock.runs",
                        "agent",
                        event.agent(),
                        "mode",
                        event.mode().name().toLowerCase(Locale.ROOT),
                        "outcome",
                        end.outcome().name(),
                        "skip_reason",
                        reason == null ? "none" : reason.name())
                .increment();
        registry.timer("drydock.run", "agent", event.agent()).record(event.took());
        registry.counter("drydock.inputs", "agent", event.agent())
                .increment(end.counts().fetched());
        registry.counter("drydock.admitted", "agent", event.agent())
                .increment(end.counts().admitted());
    }

    void decided(@Observes EntryDecided event) {
        var by = event.byRule() ? "rule" : "model";
        registry.counter("drydock.decisions", "agent", event.agent(), "label", event.label(), "by", by)
                .increment();
    }

    void failed(@Observes StageFailed event) {
        error(event.agent(), event.stage());
    }

    void failed(@Observes DeliveryEvent.Failed event) {
        error(event.agent(), "deliver");
    }

    private void error(String agent, String stage) {
        registry.counter("drydock.errors", "agent", agent, "stage", stage).increment();
    }
}
