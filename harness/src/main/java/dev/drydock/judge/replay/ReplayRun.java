package dev.drydock.judge.replay;

import dev.drydock.concurrent.Threads;
import dev.drydock.config.Agents;
import dev.drydock.config.DrydockConfig;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.RecordedEntries;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/**
 * Decides entries again in up to three lanes: what production decided, the same from the records, and a variant. Nothing is
 * delivered or stored, save the calls that a live variant pays for.
 */
@Singleton
public class ReplayRun {

    private final RecordedEntries records;
    private final ReplayEntry replay;
    private final Agents agents;
    private final Threads threads;
    private final DrydockConfig config;

    ReplayRun(RecordedEntries records, ReplayEntry replay, Agents agents, Threads threads, DrydockConfig config) {
        this.records = records;
        this.replay = replay;
        this.agents = agents;
        this.threads = threads;
        this.config = config;
    }

    /** The entries that a run was the last to work on. */
    public ReplayReport ofRun(UUID runId, Variant variant) throws InterruptedException {
        return replay("run " + runId, records.ofRun(runId), variant, agents::named);
    }

    /** One entry. */
    public ReplayReport ofEntry(UUID entryId, Variant variant) throws InterruptedException {
        return replay("entry " + entryId, records.only(entryId), variant, agents::named);
    }

    /** The entries of an agent that were decided last. */
    public ReplayReport latest(RegisteredAgent<?, ?> agent, int most, Variant variant) throws InterruptedException {
        return replay(
                "the latest entries of " + agent.name(),
                records.latest(agent.name(), most),
                variant,
                name -> Optional.of(agent));
    }

    /** The entries of all agents that were decided or set aside since. */
    public ReplayReport since(Instant since, Variant variant) throws InterruptedException {
        return replay("all runs since " + since, records.since(since), variant, agents::named);
    }

    /** As many entries at a time as there are processors, or as the settings allow where models are asked. */
    ReplayReport replay(
            String what,
            List<List<UUID>> pages,
            Variant variant,
            Function<String, Optional<RegisteredAgent<?, ?>>> agents)
            throws InterruptedException {
        var tally = new ReplayTally(variant);
        var failures = new ConcurrentLinkedQueue<RuntimeException>();
        var executor = threads.bounded(
                variant.live() ? config.concurrency() : Runtime.getRuntime().availableProcessors());
        for (var page : pages) {
            for (var entry : records.read(page)) {
                executor.run(() -> {
                    try {
                        tally.add(replay.replay(agents.apply(entry.entry().agent()), entry, variant));
                    } catch (RuntimeException e) {
                        failures.add(e);
                    }
                });
            }
        }
        executor.awaitAll();
        if (!failures.isEmpty()) {
            throw failures.element();
        }
        return tally.report(what);
    }
}
