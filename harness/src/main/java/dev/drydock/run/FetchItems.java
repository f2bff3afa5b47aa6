package dev.drydock.run;

import dev.drydock.agent.Item;
import dev.drydock.agent.Window;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.AdmitEntries;
import dev.drydock.journal.AdmitEntries.Admission;
import dev.drydock.journal.RunResult;
import dev.drydock.journal.SkipReason;
import dev.drydock.model.ModelProbe;
import dev.drydock.run.RunEvent.StageFailed;
import dev.drydock.trace.Spans;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** The first steps of a cycle: fetches the items of a window and admits the new ones. */
@Singleton
class FetchItems {

    private static final Logger LOG = Logger.getLogger(FetchItems.class);

    private final FetchStage stage;
    private final AdmitEntries admitEntries;
    private final ModelProbe probe;
    private final Spans spans;
    private final Event<RunEvent> events;

    FetchItems(FetchStage stage, AdmitEntries admitEntries, ModelProbe probe, Spans spans, Event<RunEvent> events) {
        this.stage = stage;
        this.admitEntries = admitEntries;
        this.probe = probe;
        this.spans = spans;
        this.events = events;
    }

    /** The result of a cycle that could decide nothing of what it fetches, because the account at the model server is still empty. */
    Optional<RunResult> pointless(String agent) {
        return probe.stillEmptyAccount(agent).map(why -> RunResult.skipped(SkipReason.QUOTA, why));
    }

    /** Throws what the last attempt threw. */
    <I extends Item> List<I> fetch(RegisteredAgent<I, ?> agent, Window window) throws Exception {
        try {
            var items = spans.around("fetch", span -> {}, () -> stage.fetch(agent, window));
            return Objects.requireNonNull(items, "fetch returned null");
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            events.fire(new StageFailed(agent.name(), "fetch"));
            throw e;
        }
    }

    /**
     * Stores the items that are new or changed as entries, and logs those that cannot be stored.
     *
     * @throws IOException if a source that is read on demand fails; nothing is admitted then
     * @throws InterruptedException in the same way
     */
    Admission admit(String agent, UUID runId, List<? extends Item> items) throws IOException, InterruptedException {
        try {
            var admission = admitEntries.admit(agent, runId, items);
            admission
                    .unstorable()
                    .forEach(line -> LOG.errorf("An item is not admitted, because it cannot be stored: %s", line));
            return admission;
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof ClosedByInterruptException) {
                throw (InterruptedException) new InterruptedException("interrupted while reading items").initCause(e);
            }
            events.fire(new StageFailed(agent, "fetch"));
            throw e.getCause();
        }
    }
}
