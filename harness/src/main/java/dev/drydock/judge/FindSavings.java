package dev.drydock.judge;

import static java.util.stream.Collectors.groupingBy;

import dev.drydock.journal.Spend;
import dev.drydock.journal.Spend.CallSite;
import dev.drydock.judge.CostReport.Lever;
import dev.drydock.model.ModelCatalog;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/** What each lever would have saved. A lever whose saving cannot be computed from the records is left out. */
@Singleton
class FindSavings {

    private static final BigDecimal TWO = BigDecimal.valueOf(2);

    private final FindRules rules;
    private final ModelCatalog catalog;

    FindSavings(FindRules rules, ModelCatalog catalog) {
        this.rules = rules;
        this.catalog = catalog;
    }

    /** The largest saving first; they overlap, so their sum says nothing. */
    List<Lever> of(Spend spend, Instant since, Optional<String> cheap) {
        var levers = new ArrayList<Lever>();
        var byAgent = new TreeMap<>(
                spend.sites().stream().filter(site -> !site.candidate()).collect(groupingBy(CallSite::agent)));
        byAgent.forEach((agent, own) -> {
            cheap.flatMap(model -> cheaper(agent, own, model)).ifPresent(levers::add);
            batch(agent, own).ifPresent(levers::add);
            rules.of(agent, since).forEach(rule -> levers.add(rule(agent, rule)));
        });
        spend.repeats()
                .forEach(repeats -> levers.add(new Lever(
                        "cache",
                        repeats.agent(),
                        repeats.usd(),
                        String.format(
                                Locale.ROOT, "%,d calls asked what had been answered on the same day", repeats.calls()),
                        "drydock.agents.%s.cache-ttl=1d".formatted(repeats.agent()))));
        spend.longInputs()
                .forEach(inputs -> catalog.costOf(inputs.model(), inputs.tokensOver(), 0, 0)
                        .ifPresent(usd -> levers.add(new Lever(
                                "shorter inputs",
                                inputs.agent(),
                                usd,
                                String.format(
                                        Locale.ROOT,
                                        "%,d inputs are over twice the median; %,d tokens beyond that, at the input price of %s",
                                        inputs.calls(),
                                        inputs.tokensOver(),
                                        inputs.model()),
                                "shorten what decide() passes on, and measure: ./drydock eval " + inputs.agent()))));
        levers.removeIf(lever -> lever.savesUsd().signum() <= 0);
        levers.sort(Comparator.comparing(Lever::savesUsd).reversed());
        return levers.stream().map(FindSavings::rounded).toList();
    }

    private Optional<Lever> cheaper(String agent, List<CallSite> sites, String model) {
        var others = sites.stream().filter(site -> !site.model().equals(model)).toList();
        var now = sum(others);
        return catalog.costOf(
                        model,
                        others.stream().mapToLong(CallSite::tokensIn).sum(),
                        0,
                        others.stream().mapToLong(CallSite::tokensOut).sum())
                .map(then -> new Lever(
                        SampleCheaper.COMPUTED,
                        agent,
                        now.subtract(then),
                        String.format(
                                Locale.ROOT,
                                "%,d calls cost %.4f; their tokens at the price of %s, uncached, cost %.4f",
                                calls(others),
                                now,
                                model,
                                then),
                        "its accuracy is unknown until: ./drydock eval %s --model %s, or ./drydock cost --sample 50"
                                .formatted(agent, model)));
    }

    private static Optional<Lever> batch(String agent, List<CallSite> sites) {
        var now = sum(sites);
        return Optional.of(new Lever(
                "batch price",
                agent,
                now.divide(TWO),
                String.format(Locale.ROOT, "half of %.4f for %,d calls", now, calls(sites)),
                "for decisions that can wait a day, where the provider has batches: drydock.agents.%s.batch=true"
                        .formatted(agent)));
    }

    private static Lever rule(String agent, FindRules.Rule rule) {
        return new Lever(
                "rule",
                agent,
                rule.usd(),
                String.format(
                        Locale.ROOT, "%s: %s, in all of %,d entries", rule.condition(), rule.label(), rule.entries()),
                "decide it in rule(), if it is true beyond these entries");
    }

    private static BigDecimal sum(List<CallSite> sites) {
        return sites.stream().map(CallSite::answeredUsd).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static long calls(List<CallSite> sites) {
        return sites.stream().mapToLong(CallSite::answered).sum();
    }

    private static Lever rounded(Lever lever) {
        return new Lever(
                lever.name(),
                lever.agent(),
                lever.savesUsd().setScale(6, RoundingMode.HALF_UP),
                lever.arithmetic(),
                lever.how());
    }
}
