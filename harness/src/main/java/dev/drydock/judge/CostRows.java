package dev.drydock.judge;

import dev.drydock.config.Agents;
import dev.drydock.config.DrydockConfig;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.Spend.CallSite;
import dev.drydock.judge.CostReport.Row;
import dev.drydock.model.ModelCatalog;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the rows of the cost report: each call site by the days of its agent, then database and hosting. */
@Singleton
class CostRows {

    private static final BigDecimal MONTH = BigDecimal.valueOf(CostReport.MONTH_DAYS);
    private static final double DAY_SECONDS = Duration.ofDays(1).toSeconds();
    private static final int SCALE = 6;
    private static final long MILLION = 1_000_000;

    /** What an agent without calls is assumed to ask once a cycle. */
    private static final long ASSUMED_IN = 1_000;

    private static final long ASSUMED_OUT = 100;

    private final Agents agents;
    private final ModelCatalog catalog;
    private final DrydockConfig config;

    CostRows(Agents agents, ModelCatalog catalog, DrydockConfig config) {
        this.agents = agents;
        this.catalog = catalog;
        this.config = config;
    }

    /** @param firstRuns by agent, its first run in the measured time */
    List<Row> of(List<CallSite> sites, Map<String, Instant> firstRuns, Instant now) {
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
    static double days(@Nullable Instant first, Instant now) {
        return first == null ? 1 : Math.max(1, Duration.between(first, now).toSeconds() / DAY_SECONDS);
    }

    private Row measured(CallSite site, double days) {
        var known = site.unpriced() == 0;
        return new Row(
                site.agent(),
                (site.prompt() == null ? "(model)" : site.prompt()) + (site.candidate() ? ", candidate" : ""),
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

    static BigDecimal perDay(BigDecimal usd, double days) {
        return usd.divide(BigDecimal.valueOf(days), SCALE, RoundingMode.HALF_UP);
    }

    private static double tenths(double number) {
        return Math.round(number * 10) / 10.0;
    }

    static BigDecimal rounded(BigDecimal usd) {
        return usd.setScale(SCALE, RoundingMode.HALF_UP);
    }
}
