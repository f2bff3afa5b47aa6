package dev.drydock.judge;

import dev.drydock.agent.Mode;
import dev.drydock.config.Agents;
import dev.drydock.config.LiveLabels;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.database.Database;
import dev.drydock.journal.EarnedLabels;
import dev.drydock.journal.EarnedLabels.Move;
import dev.drydock.journal.EarnedLabels.Standing;
import dev.drydock.journal.JudgedOutputs;
import dev.drydock.journal.JudgedOutputs.Judged;
import dev.drydock.judge.AgreementReport.Agreement;
import dev.drydock.judge.AgreementReport.Verdict;
import dev.drydock.judge.QualityEvent.LabelMoved;
import dev.drydock.judge.QualityEvent.OutputJudged;
import dev.drydock.run.RunEvent.CycleStarted;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Lets labels of an agent in live mode go live, or fall back, where {@code live-labels} is {@code earned}: by the latest outputs
 * that people judged. A dangerous mistake begins the count anew, and so does a fall.
 */
@Singleton
public class EarnLabels {

    private static final Logger LOG = Logger.getLogger(EarnLabels.class);

    private static final int MOST = 10_000;
    private static final Duration MEMORY = Duration.ofDays(365);

    /** The latest outputs that count, as a multiple of the needed ones: a long good past must not hide a bad week. */
    private static final int WINDOW = 4;

    private final JudgedOutputs outputs;
    private final EarnedLabels labels;
    private final MeasureAgreement measure;
    private final Event<QualityEvent> events;
    private final InstantSource clock;

    @Inject
    Agents agents;

    EarnLabels(
            JudgedOutputs outputs,
            EarnedLabels labels,
            MeasureAgreement measure,
            Event<QualityEvent> events,
            InstantSource clock) {
        this.outputs = outputs;
        this.labels = labels;
        this.measure = measure;
        this.events = events;
        this.clock = clock;
    }

    /** Before the cycle decides anything. */
    void cycleStarted(@Observes CycleStarted event) {
        update(event.agent());
    }

    void outputJudged(@Observes OutputJudged event) {
        update(event.agent());
    }

    private void update(String name) {
        try {
            agents.named(name).ifPresent(this::update);
        } catch (RuntimeException e) {
            LOG.warnf(
                    Database.isUnavailable(e) ? null : e,
                    "Cannot compute which labels of %s are live; they stay as they are until the next cycle",
                    name);
        }
    }

    /** Moves the labels that have to be moved now. */
    void update(RegisteredAgent<?, ?> agent) {
        if (agent.settings().mode() != Mode.LIVE
                || agent.settings().liveLabels().kind() != LiveLabels.Kind.EARNED) {
            return;
        }
        var standings = labels.of(agent.name()).stream()
                .collect(Collectors.toMap(standing -> standing.last().label(), Function.identity()));
        var judged = outputs.latest(agent.name(), clock.instant().minus(MEMORY), MOST).stream()
                .collect(Collectors.groupingBy(Judged::label, TreeMap::new, Collectors.toList()));
        var all = new TreeSet<>(judged.keySet());
        all.addAll(standings.keySet());
        for (var label : all) {
            move(label, standings.get(label), judged.getOrDefault(label, List.of()))
                    .filter(move -> labels.move(agent.name(), move))
                    .ifPresent(move -> {
                        LOG.infof(
                                "Label %s of %s %s: %s",
                                label, agent.name(), move.live() ? "goes live" : "is no longer live", move.why());
                        events.fire(new LabelMoved(agent.name(), label, move.live(), move.why()));
                    });
        }
    }

    private Optional<Move> move(String label, @Nullable Standing standing, List<Judged> judged) {
        var live = standing == null || !standing.last().live() ? null : standing.last();
        var counted = judged.stream().filter(one -> counts(one, standing)).toList();
        var dangerous = lastDangerous(counted);
        if (live != null && dangerous >= 0 && counted.get(dangerous).judgedAt().isAfter(live.at())) {
            return Optional.of(move(
                    measure.agreement(label, counted, clock.instant()),
                    false,
                    "a dangerous mistake: entry %s"
                            .formatted(counted.get(dangerous).entryId())));
        }
        var since = Math.max(dangerous + 1, counted.size() - WINDOW * measure.neededOutputs());
        var agreement = measure.agreement(label, counted.subList(since, counted.size()), clock.instant());
        var enough = agreement.verdict() == Verdict.ENOUGH;
        var tells = agreement.judged() >= measure.neededOutputs();
        return (live != null) == enough || !tells
                ? Optional.empty()
                : Optional.of(move(agreement, enough, agreement.sentence()));
    }

    private static boolean counts(Judged one, @Nullable Standing standing) {
        return standing == null
                || standing.countedFrom() == null
                || one.decidedAt().isAfter(standing.countedFrom());
    }

    /** -1 if there is none. */
    private static int lastDangerous(List<Judged> judged) {
        for (var at = judged.size() - 1; at >= 0; at--) {
            if (judged.get(at).dangerous()) {
                return at;
            }
        }
        return -1;
    }

    private Move move(Agreement agreement, boolean live, String why) {
        return new Move(agreement.label(), live, clock.instant(), agreement.judged(), agreement.agreed(), why);
    }
}
