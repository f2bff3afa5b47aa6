package dev.drydock.judge;

import dev.drydock.agent.Mode;
import dev.drydock.config.Agents;
import dev.drydock.config.LiveLabels;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.database.Database;
import dev.drydock.journal.Asked;
import dev.drydock.journal.EarnedLabels;
import dev.drydock.journal.EarnedLabels.Basis;
import dev.drydock.journal.EarnedLabels.Move;
import dev.drydock.journal.EarnedLabels.Standing;
import dev.drydock.journal.JudgedOutputs;
import dev.drydock.journal.JudgedOutputs.Judged;
import dev.drydock.judge.AgreementReport.Agreement;
import dev.drydock.judge.AgreementReport.Verdict;
import dev.drydock.judge.FeedbackEvent.LabelMoved;
import dev.drydock.judge.FeedbackEvent.OutputJudged;
import dev.drydock.model.CurrentVersions;
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
 * that people judged. A dangerous mistake begins the count anew, and so does a fall. Outputs of another prompt or model than
 * today's do not count, so a label falls back before a changed one decides anything.
 */
@Singleton
public class EarnLabels {

    private static final Logger LOG = Logger.getLogger(EarnLabels.class);

    private static final int MOST = 10_000;
    private static final Duration MEMORY = Duration.ofDays(365);

    /** The latest outputs that count, as a multiple of the needed ones: a long good past must not hide a bad week. */
    private static final int WINDOW = 4;

    /** A move with what it rests on. */
    private record Step(Move move, Basis basis) {}

    private final JudgedOutputs outputs;
    private final EarnedLabels labels;
    private final MeasureAgreement measure;
    private final Event<FeedbackEvent> events;
    private final InstantSource clock;

    @Inject
    Agents agents;

    @Inject
    CurrentVersions versions;

    EarnLabels(
            JudgedOutputs outputs,
            EarnedLabels labels,
            MeasureAgreement measure,
            Event<FeedbackEvent> events,
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
            step(agent.name(), label, standings.get(label), judged.getOrDefault(label, List.of()))
                    .filter(step -> labels.move(agent.name(), step.move(), step.basis()))
                    .map(Step::move)
                    .ifPresent(move -> {
                        LOG.infof(
                                "Label %s of %s %s: %s",
                                label, agent.name(), move.live() ? "goes live" : "is no longer live", move.why());
                        events.fire(new LabelMoved(agent.name(), label, move.live(), move.why()));
                    });
        }
    }

    private Optional<Step> step(String agent, String label, @Nullable Standing standing, List<Judged> judged) {
        var live = standing == null || !standing.last().live() ? null : standing;
        var counted = judged.stream()
                .filter(one -> counts(one, standing) && versions.include(one.asked()))
                .toList();
        var dangerous = lastDangerous(counted);
        if (live != null
                && dangerous >= 0
                && counted.get(dangerous).judgedAt().isAfter(live.last().at())) {
            var why = "a dangerous mistake: entry %s"
                    .formatted(counted.get(dangerous).entryId());
            return Optional.of(fall(measure.agreement(label, counted, clock.instant()), why));
        }
        var since = Math.max(dangerous + 1, counted.size() - WINDOW * measure.neededOutputs());
        var latest = counted.subList(since, counted.size());
        var agreement = measure.agreement(label, latest, clock.instant());
        var enough = agreement.verdict() == Verdict.ENOUGH;
        var changed = live == null
                ? Optional.<String>empty()
                : versions.change(live.basis().asked());
        if (changed.isPresent()) {
            return changed(agent, agreement, latest, changed.get());
        }
        var tells = agreement.judged() >= measure.neededOutputs();
        if ((live != null) == enough || !tells) {
            return Optional.empty();
        }
        return Optional.of(enough ? rise(agreement, latest) : fall(agreement, agreement.sentence()));
    }

    /** A label that another prompt or model earned stays live only if today's has earned it, too. What today's decided counts. */
    private Optional<Step> changed(String agent, Agreement agreement, List<Judged> latest, String what) {
        if (agreement.verdict() == Verdict.ENOUGH) {
            labels.rest(agent, agreement.label(), asked(latest));
            return Optional.empty();
        }
        var why = "%s since it earned that; of today's outputs: %s".formatted(what, agreement.sentence());
        return Optional.of(new Step(move(agreement, false, why), new Basis(null, List.of())));
    }

    private Step rise(Agreement agreement, List<Judged> latest) {
        return new Step(move(agreement, true, agreement.sentence()), new Basis(null, asked(latest)));
    }

    private Step fall(Agreement agreement, String why) {
        return new Step(move(agreement, false, why), new Basis(clock.instant(), List.of()));
    }

    private static List<Asked> asked(List<Judged> judged) {
        return judged.stream().flatMap(one -> one.asked().stream()).distinct().toList();
    }

    private static boolean counts(Judged one, @Nullable Standing standing) {
        return standing == null
                || standing.basis().countedFrom() == null
                || one.decidedAt().isAfter(standing.basis().countedFrom());
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
