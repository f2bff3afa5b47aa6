package dev.drydock.judge;

import dev.drydock.config.Agents;
import dev.drydock.config.DrydockConfig;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.CostFigures;
import dev.drydock.journal.CostFigures.CallSite;
import dev.drydock.judge.CostReport.Row;
import dev.drydock.judge.CostReport.Share;
import dev.drydock.model.ModelCatalog;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes the cost report out of the last 30 days, or of what is kept of them. */
@Singleton
public class ReportCost {

    private static final Duration MEASURED = Duration.ofDays(CostReport.MONTH_DAYS);
    private static final BigDecimal MONTH = BigDecimal.valueOf(CostReport.MONTH_DAYS);
    private static final double DAY_SECONDS = Duration.ofDays(1).toSeconds();
    private static final int SCALE = 6;
    private static final long MILLION = 1_000_000;

    private static final String STAND_IN = "offline-";
    private static final String REAL = "gpt-4.1-mini";

    /** What an agent without calls is assumed to ask once a cycle. */
    private static final long ASSUMED_IN = 1_000;

    private static final long ASSUMED_OUT = 100;

    private final Agents agents;
    private final CostFigures figures;
    private final FindSavings savings;
    private final ModelCatalog catalog;
    private final DrydockConfig config;

    ReportCost(Agents agents, CostFigures figures, FindSavings savings, ModelCatalog catalog, DrydockConfig config) {
        this.agents = agents;
        this.figures = figures;
        this.savings = savings;
        this.catalog = catalog;
        this.config = config;
    }

    /** Reads all calls of the measured time, so it may take a second. */
    public CostReport report(InstantSource clock) {
        var now = clock.instant();
        var kept = config.retention().calls();
        var since = now.minus(kept.compareTo(MEASURED) < 0 ? kept : MEASURED);
        var sites = figures.callSites(since);
        var firstRuns = figures.firstRuns(since);
        var rows = rows(sites, firstRuns, now);
        var day = BigDecimal.ZERO;
        for (var row : rows) {
            day = day.add(row.usdPerDay() == null ? BigDecimal.ZERO : row.usdPerDay());
        }
        var spent = sites.stream().map(CallSite::usd).reduce(BigDecimal.ZERO, BigDecimal::add);
        return new CostReport(
                since,
                now,
                rounded(spent),
                rows,
                rounded(day),
                rounded(day.multiply(MONTH)),
                savings.since(since, sites, config.model().cheap()),
                byAgent(sites),
                figures.byLabel(since).stream()
                        .map(label -> new Share(
                                label.agent(),
                                label.label() == null ? "(undecided)" : label.label(),
                                label.entries(),
                                rounded(label.usd())))
                        .toList(),
                notes(sites, firstRuns, now));
    }

    private List<Row> rows(List<CallSite> sites, Map<String, Instant> firstRuns, Instant now) {
        var rows = new ArrayList<Row>();
        for (var site : sites) {
            rows.add(measured(site, days(firstRuns.get(site.agent()), now)));
        }
        for (var agent : agents.all()) {
            if (sites.stream().noneMatch(site -> site.agent().equals(agent.name()))) {
                rows.add(
                        firstRuns.containsKey(agent.name())
                                ? withoutCalls(agent.name(), days(firstRuns.get(agent.name()), now))
                                : estimated(agent, now));
            }
        }
        rows.add(fixed("database", config.cost().databaseMonthlyUsd(), "DRYDOCK_COST_DATABASE_MONTHLY_USD"));
        rows.add(fixed("hosting", config.cost().hostingMonthlyUsd(), "DRYDOCK_COST_HOSTING_MONTHLY_USD"));
        return rows;
    }

    /** Since the first run in the measured time; a first day counts as a whole one. */
    private static double days(@Nullable Instant first, Instant now) {
        return first == null ? 1 : Math.max(1, Duration.between(first, now).toSeconds() / DAY_SECONDS);
    }

    private Row measured(CallSite site, double days) {
        var known = site.unpriced() == 0;
        return new Row(
                site.agent(),
                site.prompt() == null ? "(model)" : site.prompt(),
                site.model(),
                tenths(site.calls() / days),
                site.answered() == 0 ? null : site.tokensIn() / site.answered(),
                site.answered() == 0 ? null : site.tokensOut() / site.answered(),
                price(site.model()),
                known ? perDay(site.usd(), days) : null,
                true,
                measured(days) + (known ? "" : ", but the cost of %,d calls is not known".formatted(site.unpriced())));
    }

    private static Row withoutCalls(String agent, double days) {
        return new Row(
                agent, "(no calls)", "-", 0.0, null, null, null, perDay(BigDecimal.ZERO, days), true, measured(days));
    }

    private Row estimated(RegisteredAgent<?, ?> agent, Instant now) {
        var model = config.model().name();
        var settings = agent.settings();
        var calls = DueTimes.perDay(settings.schedule(), settings.zone(), now);
        return new Row(
                agent.name(),
                "(no run yet)",
                model,
                tenths(calls),
                ASSUMED_IN,
                ASSUMED_OUT,
                price(model),
                catalog.costOf(model, ASSUMED_IN, 0, ASSUMED_OUT)
                        .map(call -> rounded(call.multiply(BigDecimal.valueOf(calls))))
                        .orElse(null),
                false,
                "estimated: one call a cycle by its schedule \"%s\", with assumed tokens"
                        .formatted(settings.schedule()));
    }

    private static Row fixed(String what, Optional<BigDecimal> monthly, String setting) {
        return new Row(
                what,
                "",
                "",
                null,
                null,
                null,
                null,
                monthly.map(usd -> usd.divide(MONTH, SCALE, RoundingMode.HALF_UP))
                        .orElse(null),
                false,
                monthly.map(usd -> "set: %s USD a month".formatted(usd.toPlainString()))
                        .orElse("not known: set " + setting));
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
                        agent.getKey(), null, calls.getOrDefault(agent.getKey(), 0L), rounded(agent.getValue())))
                .sorted(Comparator.comparing(Share::usd).reversed())
                .toList();
    }

    private List<String> notes(List<CallSite> sites, Map<String, Instant> firstRuns, Instant now) {
        var notes = new ArrayList<String>();
        for (var site : sites) {
            if (site.model().startsWith(STAND_IN)) {
                catalog.costOf(REAL, site.tokensIn(), 0, site.tokensOut())
                        .map(usd -> perDay(usd, days(firstRuns.get(site.agent()), now)))
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

    private @Nullable String price(String model) {
        var input = catalog.costOf(model, MILLION, 0, 0);
        var output = catalog.costOf(model, 0, 0, MILLION);
        return input.isEmpty() || output.isEmpty()
                ? null
                : String.format(Locale.ROOT, "%.2f / %.2f", input.get(), output.get());
    }

    private static String measured(double days) {
        return String.format(Locale.ROOT, days == 1 ? "measured, %.0f day" : "measured, %.0f days", days);
    }

    private static BigDecimal perDay(BigDecimal usd, double days) {
        return usd.divide(BigDecimal.valueOf(days), SCALE, RoundingMode.HALF_UP);
    }

    private static double tenths(double number) {
        return Math.round(number * 10) / 10.0;
    }

    private static BigDecimal rounded(BigDecimal usd) {
        return usd.setScale(SCALE, RoundingMode.HALF_UP);
    }
}
