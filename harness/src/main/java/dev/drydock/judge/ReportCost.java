package dev.drydock.judge;

import dev.drydock.config.DrydockConfig;
import dev.drydock.journal.CostFigures;
import dev.drydock.journal.Spend.CallSite;
import dev.drydock.judge.CostReport.Share;
import dev.drydock.model.ModelCatalog;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes the cost report out of the last 30 days, or of what is kept of them. */
@Singleton
public class ReportCost {

    private static final Duration MEASURED = Duration.ofDays(CostReport.MONTH_DAYS);
    private static final BigDecimal MONTH = BigDecimal.valueOf(CostReport.MONTH_DAYS);

    private static final String STAND_IN = "offline-";
    private static final String REAL = "gpt-4.1-mini";

    private final CostRows costRows;
    private final CostFigures figures;
    private final FindSavings savings;
    private final ModelCatalog catalog;
    private final DrydockConfig config;

    ReportCost(
            CostRows costRows, CostFigures figures, FindSavings savings, ModelCatalog catalog, DrydockConfig config) {
        this.costRows = costRows;
        this.figures = figures;
        this.savings = savings;
        this.catalog = catalog;
        this.config = config;
    }

    /** From the start of a day, 30 days ago or when the oldest call was made that is kept. */
    public CostReport report(InstantSource clock) {
        var now = clock.instant();
        var kept = config.retention().calls();
        var first = LocalDate.ofInstant(now.minus(kept.compareTo(MEASURED) < 0 ? kept : MEASURED), config.zone());
        var since = first.atStartOfDay(config.zone()).toInstant();
        var spend = figures.spend(first);
        var sites = spend.sites();
        var firstRuns = figures.firstRuns(since);
        var rows = costRows.of(sites, firstRuns, now);
        var day = BigDecimal.ZERO;
        for (var row : rows) {
            day = day.add(row.usdPerDay() == null ? BigDecimal.ZERO : row.usdPerDay());
        }
        var spent = sites.stream().map(CallSite::usd).reduce(BigDecimal.ZERO, BigDecimal::add);
        return new CostReport(
                since,
                now,
                CostRows.rounded(spent),
                rows,
                CostRows.rounded(day),
                CostRows.rounded(day.multiply(MONTH)),
                savings.of(spend, since, config.model().cheap()),
                byAgent(sites),
                spend.labels().stream()
                        .map(label -> new Share(
                                label.agent(),
                                label.label() == null ? "(undecided)" : label.label(),
                                label.entries(),
                                CostRows.rounded(label.usd())))
                        .toList(),
                notes(sites, firstRuns, now));
    }

    private static List<Share> byAgent(List<CallSite> sites) {
        var usd = new TreeMap<String, BigDecimal>();
        var calls = new TreeMap<String, Long>();
        for (var site : sites) {
            usd.merge(site.agent(), site.usd(), BigDecimal::add);
            calls.merge(site.agent(), site.calls(), Long::sum);
        }
        return usd.entrySet().stream()
                .map(agent -> new Share(
                        agent.getKey(),
                        null,
                        calls.getOrDefault(agent.getKey(), 0L),
                        CostRows.rounded(agent.getValue())))
                .sorted(Comparator.comparing(Share::usd).reversed())
                .toList();
    }

    private List<String> notes(List<CallSite> sites, Map<String, Instant> firstRuns, Instant now) {
        var notes = new ArrayList<String>();
        for (var site : sites) {
            if (site.model().startsWith(STAND_IN)) {
                catalog.costOf(REAL, site.tokensIn(), 0, site.tokensOut())
                        .map(usd -> CostRows.perDay(usd, CostRows.days(firstRuns.get(site.agent()), now)))
                        .ifPresent(usd -> notes.add(
                                "%s is a stand-in. The same tokens of %s at the price of %s cost %.4f USD a day."
                                        .formatted(site.model(), site.agent(), REAL, usd)));
            }
        }
        sites.stream()
                .filter(site -> site.unpriced() > 0)
                .map(CallSite::model)
                .distinct()
                .forEach(model -> notes.add(
                        "The price of %s is not known: set drydock.models.\"%s\".input-usd and .output-usd, per million tokens."
                                .formatted(model, model)));
        if (config.model().cheap().isEmpty()) {
            notes.add("Set DRYDOCK_MODEL_CHEAP to see what a cheaper model would save.");
        }
        return notes;
    }
}
