package dev.drydock.judge.replay;

import dev.drydock.agent.Item;
import dev.drydock.agent.Mode;
import dev.drydock.concurrent.Threads;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.RecordedEntries;
import dev.drydock.judge.replay.PromptTrial.Changed;
import dev.drydock.judge.replay.PromptTrials.Answer;
import dev.drydock.judge.replay.PromptTrials.Kept;
import dev.drydock.judge.replay.ReplayedEntry.VariantOutcome;
import dev.drydock.judge.replay.TrySample.Sample;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * In dev mode, decides the last entries of an agent again where its prompt, schema or code has changed, and compares the
 * decisions with those of the version before. Nothing is delivered or stored in the journal, save the calls that are paid for.
 */
@Singleton
public class TryPrompt {

    private static final Logger LOG = Logger.getLogger(TryPrompt.class);

    private static final int MOST_ENTRIES = 30;

    private final RecordedEntries records;
    private final TrySample samples;
    private final PromptTrials trials;
    private final TrialPrice price;
    private final Threads threads;

    @Inject
    Event<PromptTrial> tried;

    @Inject
    InstantSource clock;

    TryPrompt(RecordedEntries records, TrySample samples, PromptTrials trials, TrialPrice price, Threads threads) {
        this.records = records;
        this.samples = samples;
        this.trials = trials;
        this.price = price;
        this.threads = threads;
    }

    /** Empty if nothing has changed for the last entries, and outside of shadow mode. */
    public Optional<PromptTrial> run(RegisteredAgent<?, ?> agent) throws InterruptedException {
        return agent.settings().mode() == Mode.SHADOW ? decideAgain(agent) : Optional.empty();
    }

    private <I extends Item, D> Optional<PromptTrial> decideAgain(RegisteredAgent<I, D> agent)
            throws InterruptedException {
        var kept = trials.read(agent.name());
        var changed = new ArrayList<Sample<I, D>>();
        var entries = new HashSet<UUID>();
        for (var page : records.latest(agent.name(), MOST_ENTRIES)) {
            for (var recorded : records.read(page)) {
                var id = recorded.entry().id();
                entries.add(id);
                samples.changed(agent, recorded, kept.answers().get(id)).ifPresent(changed::add);
            }
        }
        if (changed.isEmpty()) {
            return Optional.empty();
        }
        LOG.infof(
                "Prompt or code of %s changed: deciding %d entries again%s",
                agent.name(), changed.size(), price.words());
        var decided = decide(agent, changed);
        var trial = trial(agent.name(), entries.size(), changed.size(), decided.values());
        var answers = answers(kept, changed, decided);
        answers.keySet().retainAll(entries);
        trials.write(agent.name(), new Kept(trial, answers));
        LOG.infof(
                "Prompt of %s: %d of %d decisions changed; see /prompt/%s",
                agent.name(), trial.changed().size(), trial.again(), agent.name());
        tried.fire(trial);
        return Optional.of(trial);
    }

    private <I extends Item, D> ConcurrentMap<UUID, Changed> decide(
            RegisteredAgent<I, D> agent, List<Sample<I, D>> changed) throws InterruptedException {
        var decided = new ConcurrentHashMap<UUID, Changed>();
        var executor = threads.bounded(agent.settings().concurrency());
        trials.begin(agent.name(), changed.size());
        try {
            for (var sample : changed) {
                executor.run(() -> {
                    decide(sample).ifPresent(each -> decided.put(each.id(), each));
                    trials.decided(agent.name());
                });
            }
            executor.awaitAll();
        } finally {
            trials.end(agent.name());
        }
        return decided;
    }

    private Optional<Changed> decide(Sample<?, ?> sample) {
        var entry = sample.recorded().entry();
        try {
            var now = samples.decide(sample, price.variant());
            return Optional.of(new Changed(entry.id(), entry.itemId(), sample.before(), now));
        } catch (RuntimeException e) {
            LOG.errorf(e, "Entry %s was not decided again: its model calls cannot be stored", entry.id());
            return Optional.empty();
        }
    }

    private PromptTrial trial(String agent, int entries, int again, Collection<Changed> decided) {
        var costs = decided.stream().map(each -> each.now().lane().costUsd()).toList();
        return new PromptTrial(
                agent,
                clock.instant(),
                entries,
                again,
                decided.stream()
                        .filter(each -> each.now().outcome() != VariantOutcome.SAME)
                        .sorted(Comparator.comparing(
                                        (Changed each) -> !each.now().dangerous())
                                .thenComparing(each -> each.now().outcome())
                                .thenComparing(Changed::id))
                        .toList(),
                costs.stream().allMatch(Objects::nonNull) ? Lanes.usd(sum(costs)) : null,
                null);
    }

    private static Optional<BigDecimal> sum(List<@Nullable String> costs) {
        return costs.stream().filter(Objects::nonNull).map(BigDecimal::new).reduce(BigDecimal::add);
    }

    /** An entry that could not be decided is tried again at the next change. */
    private static Map<UUID, Answer> answers(
            Kept kept, List<? extends Sample<?, ?>> changed, Map<UUID, Changed> decided) {
        var answers = new HashMap<>(kept.answers());
        for (var sample : changed) {
            var id = sample.recorded().entry().id();
            var now = decided.get(id);
            if (now != null && now.now().lane().decision() != null) {
                answers.put(id, new Answer(sample.now().version(), now.now().lane()));
            }
        }
        return answers;
    }
}
