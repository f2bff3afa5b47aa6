package dev.drydock.judge;

import dev.drydock.config.DrydockConfig;
import dev.drydock.config.JudgeSettings;
import dev.drydock.journal.JudgedOutputs;
import dev.drydock.journal.JudgedOutputs.Judged;
import dev.drydock.judge.AgreementReport.Agreement;
import dev.drydock.judge.AgreementReport.Dangerous;
import dev.drydock.judge.AgreementReport.Day;
import dev.drydock.judge.AgreementReport.Verdict;
import dev.drydock.judge.eval.Proportion;
import dev.drydock.judge.replay.MeasureCandidate;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares what people said of an agent's outputs, or did themselves, with what it decided; in shadow mode, with what it would have done. */
@Singleton
public class MeasureAgreement {

    private static final int MOST = 50_000;
    private static final int MOST_DANGEROUS = 100;
    private static final int MOST_TIMES = 50;
    private static final double DAY_SECONDS = Duration.ofDays(1).toSeconds();

    private final JudgedOutputs outputs;
    private final MeasureCandidate candidates;
    private final JudgeSettings.EarnedLabels settings;
    private final ZoneId zone;
    private final InstantSource clock;

    MeasureAgreement(JudgedOutputs outputs, MeasureCandidate candidates, DrydockConfig config, InstantSource clock) {
        this.outputs = outputs;
        this.candidates = candidates;
        this.settings = config.earnedLabels();
        this.zone = config.zone();
        this.clock = clock;
    }

    /** How many outputs of a label must be judged. */
    int neededOutputs() {
        return settings.judged();
    }

    /** Of the decisions of the last days. */
    public AgreementReport report(String agent, int days) {
        var now = clock.instant();
        var since = now.minus(Duration.ofDays(days));
        var judged = outputs.latest(agent, since, MOST);
        var byLabel = judged.stream().collect(Collectors.groupingBy(Judged::label, TreeMap::new, Collectors.toList()));
        return new AgreementReport(
                agent,
                since,
                settings.agreement(),
                settings.judged(),
                agreement("", judged, now),
                byLabel.entrySet().stream()
                        .map(label -> agreement(label.getKey(), label.getValue(), now))
                        .toList(),
                days(judged),
                judged.stream()
                        .filter(Judged::dangerous)
                        .sorted(Comparator.comparing(Judged::judgedAt).reversed())
                        .limit(MOST_DANGEROUS)
                        .map(one ->
                                new Dangerous(one.entryId(), one.label(), one.right(), one.decidedAt(), one.judgedAt()))
                        .toList(),
                candidates.report(agent, since, judged));
    }

    /** Whether these, the latest last, are enough for their label to go live. */
    Agreement agreement(String label, List<Judged> judged, Instant now) {
        var agreed = proportion(judged);
        var dangerous = dangerous(judged);
        var verdict = verdict(agreed, dangerous);
        var more = verdict == Verdict.OPEN ? moreOutputs(agreed) : null;
        return new Agreement(
                label,
                agreed.of(),
                agreed.count(),
                dangerous,
                agreed.of() == 0 ? null : agreed.rate(),
                agreed.interval(),
                verdict,
                more,
                more == null || judged.isEmpty() ? null : days(more, judged, now),
                sentence(verdict, agreed, dangerous, more));
    }

    private Verdict verdict(Proportion agreed, int dangerous) {
        if (dangerous > 0) {
            return Verdict.DANGEROUS;
        }
        if (agreed.of() >= settings.judged() && agreed.interval().low() >= settings.agreement()) {
            return Verdict.ENOUGH;
        }
        return agreed.interval().high() < settings.agreement() ? Verdict.TOO_LOW : Verdict.OPEN;
    }

    /** Null if no number that people would judge tells: they agree about as often as is needed. */
    private @Nullable Integer moreOutputs(Proportion agreed) {
        var rate = agreed.of() == 0 ? 1 : agreed.rate();
        var most = MOST_TIMES * Math.max(settings.judged(), agreed.of());
        for (var all = Math.max(settings.judged(), agreed.of() + 1); all <= most; all++) {
            if (new Proportion((int) Math.round(rate * all), all).interval().low() >= settings.agreement()) {
                return all - agreed.of();
            }
        }
        return null;
    }

    private static int days(int more, List<Judged> judged, Instant now) {
        var first = judged.stream()
                .map(Judged::judgedAt)
                .min(Comparator.naturalOrder())
                .orElse(now);
        var days = Math.max(1, Duration.between(first, now).toSeconds() / DAY_SECONDS);
        return (int) Math.ceil(more * days / judged.size());
    }

    private String sentence(Verdict verdict, Proportion agreed, int dangerous, @Nullable Integer more) {
        return switch (verdict) {
            case ENOUGH -> "people agreed with %s of %,d outputs: enough".formatted(agreed, agreed.of());
            case TOO_LOW ->
                String.format(
                        Locale.ROOT,
                        "people agreed with %s of %,d outputs: less than the %.1f %% that are needed",
                        agreed,
                        agreed.of(),
                        settings.agreement() * 100);
            case DANGEROUS -> "%,d dangerous mistakes among %,d judged outputs".formatted(dangerous, agreed.of());
            case OPEN ->
                (agreed.of() == 0
                                ? "nobody judged an output"
                                : "people agreed with %s of %,d outputs".formatted(agreed, agreed.of()))
                        + (more == null
                                ? ": about what is needed"
                                : ": not enough to tell; %,d more would".formatted(more));
        };
    }

    private List<Day> days(List<Judged> judged) {
        return judged.stream()
                .collect(Collectors.groupingBy(
                        one -> LocalDate.ofInstant(one.decidedAt(), zone), TreeMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(day -> {
                    var agreed = proportion(day.getValue());
                    return new Day(day.getKey(), agreed.of(), agreed.count(), dangerous(day.getValue()));
                })
                .toList();
    }

    private static Proportion proportion(List<Judged> judged) {
        return new Proportion((int) judged.stream().filter(Judged::agreed).count(), judged.size());
    }

    private static int dangerous(List<Judged> judged) {
        return (int) judged.stream().filter(Judged::dangerous).count();
    }
}
