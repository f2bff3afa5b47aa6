package dev.drydock.judge;

import static java.util.stream.Collectors.groupingBy;

import dev.drydock.config.Agents;
import dev.drydock.config.DrydockConfig;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.CostFigures;
import dev.drydock.journal.Spend.CallSite;
import dev.drydock.journal.Spend.LabelSpend;
import dev.drydock.judge.CostReport.Lever;
import dev.drydock.judge.replay.ReplayReport.VariantTotals;
import dev.drydock.judge.replay.ReplayRun;
import dev.drydock.judge.replay.ReplayedEntry.VariantOutcome;
import dev.drydock.judge.replay.Variant;
import dev.drydock.model.ModelCatalog;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Has the cheaper model decide the latest entries of each agent again, to measure what it saves and what it decides otherwise. */
@Singleton
public class SampleCheaper {

    private static final MathContext DIGITS = new MathContext(2);

    /** The lever that {@link FindSavings} computes without asking. */
    static final String COMPUTED = "cheaper model";

    /**
     * A sample that could be asked.
     *
     * @param spentUsd what the agent's answered calls cost in the measured time, without those of its candidate
     * @param aboutUsd what asking costs, by the tokens that the agent's entries took on average; null where the price is not known
     */
    public record Sample(String agent, String model, int entries, BigDecimal spentUsd, Optional<BigDecimal> aboutUsd) {

        /** For people. */
        public String line() {
            return "%s: asking %s about %,d entries costs %s"
                    .formatted(
                            agent,
                            model,
                            entries,
                            aboutUsd.map(usd -> "about %s USD"
                                            .formatted(usd.round(DIGITS).toPlainString()))
                                    .orElse("an unknown amount: set its price under drydock.models"));
        }
    }

    private final CostFigures figures;
    private final ReplayRun replay;
    private final ModelCatalog catalog;
    private final Agents agents;
    private final DrydockConfig config;

    SampleCheaper(CostFigures figures, ReplayRun replay, ModelCatalog catalog, Agents agents, DrydockConfig config) {
        this.figures = figures;
        this.replay = replay;
        this.catalog = catalog;
        this.agents = agents;
        this.config = config;
    }

    /** One for each agent that a model decided entries of. Empty if no cheaper model is configured. Asks nobody. */
    public List<Sample> samples(int most, Instant since) {
        var names = agents.all().stream().map(RegisteredAgent::name).toList();
        return config.model()
                .cheap()
                .map(model -> samples(names, model, most, since))
                .orElse(List.of());
    }

    List<Sample> samples(List<String> names, String model, int most, Instant since) {
        var spend = figures.spend(LocalDate.ofInstant(since, config.zone()));
        var labels = spend.labels().stream().collect(groupingBy(LabelSpend::agent));
        var sites = spend.sites().stream().filter(site -> !site.candidate()).collect(groupingBy(CallSite::agent));
        return names.stream()
                .filter(labels::containsKey)
                .map(name -> sample(
                        name, model, most, labels.getOrDefault(name, List.of()), sites.getOrDefault(name, List.of())))
                .toList();
    }

    private Sample sample(String agent, String model, int most, List<LabelSpend> labels, List<CallSite> own) {
        var entries = labels.stream().mapToLong(LabelSpend::entries).sum();
        var some = (int) Math.min(most, entries);
        var usd = catalog.costOf(
                model,
                own.stream().mapToLong(CallSite::tokensIn).sum(),
                0,
                own.stream().mapToLong(CallSite::tokensOut).sum());
        return new Sample(
                agent,
                model,
                some,
                own.stream().map(CallSite::answeredUsd).reduce(BigDecimal.ZERO, BigDecimal::add),
                usd.map(all -> all.multiply(BigDecimal.valueOf(some))
                        .divide(BigDecimal.valueOf(entries), MathContext.DECIMAL32)));
    }

    /** Asks, and returns the report with what was measured in the place of what was computed. Delivers nothing. */
    public CostReport measure(CostReport report, List<Sample> samples) throws InterruptedException {
        var measured = report;
        for (var sample : samples) {
            var agent = agents.named(sample.agent());
            if (agent.isPresent()) {
                measured = measure(measured, agent.get(), sample);
            }
        }
        return measured;
    }

    CostReport measure(CostReport report, RegisteredAgent<?, ?> agent, Sample sample) throws InterruptedException {
        var variant = new Variant(Optional.empty(), Optional.of(sample.model()), true);
        var replayed = replay.latest(agent, sample.entries(), variant);
        var totals = Optional.ofNullable(replayed.variant());
        return totals.map(found -> report.with(lever(sample, found))).orElse(report);
    }

    /** What it saves of all that was spent, if it saves as much of that as of the sample. */
    private static Lever lever(Sample sample, VariantTotals totals) {
        var before = usd(totals.comparedUsd());
        var after = usd(totals.costUsd());
        var known = before.signum() > 0 && totals.comparedUsd() != null && totals.costUsd() != null;
        var share = known ? before.subtract(after).divide(before, MathContext.DECIMAL32) : BigDecimal.ZERO;
        return new Lever(
                COMPUTED,
                sample.agent(),
                CostRows.rounded(sample.spentUsd().multiply(share)),
                "%s asked about %,d entries: %s; %s"
                        .formatted(
                                sample.model(),
                                sample.entries(),
                                outcomes(totals),
                                known
                                        ? String.format(
                                                Locale.ROOT, "they cost %.4f, and cost %.4f before", after, before)
                                        : "what they cost is not known"),
                "its accuracy on labelled cases: ./drydock eval %s --model %s"
                        .formatted(sample.agent(), sample.model()));
    }

    private static String outcomes(VariantTotals totals) {
        var same = totals.outcomes().getOrDefault(VariantOutcome.SAME, 0)
                + totals.outcomes().getOrDefault(VariantOutcome.OTHER_FIELDS, 0);
        var other = totals.outcomes().getOrDefault(VariantOutcome.OTHER_LABEL, 0);
        var failed = totals.outcomes().getOrDefault(VariantOutcome.FAILED, 0);
        return "%,d the same label, %,d another, %,d dangerously, %,d failed"
                .formatted(same, other, totals.dangerous(), failed);
    }

    private static BigDecimal usd(@Nullable String amount) {
        return amount == null ? BigDecimal.ZERO : new BigDecimal(amount);
    }
}
