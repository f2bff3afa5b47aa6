package dev.drydock.config;

import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** The thresholds of the alert rules, each named after its rule. */
public interface AlertRuleSettings {

    /** Skipped cycles in a row. */
    @WithDefault("3")
    @Min(1)
    int skippedCycles();

    /** Failed model calls of an agent in a row. */
    @WithDefault("10")
    @Min(1)
    @Max(1000)
    int modelFailures();

    /** Share of an hour's runs, from 0 to 1, that failed, got stuck or crashed. */
    @WithDefault("0.05")
    @DecimalMin("0")
    @DecimalMax("1")
    double errorRate();

    /** Completed cycles in a row that fetched nothing, for an agent that usually fetches something. */
    @WithDefault("3")
    @Min(1)
    @Max(100)
    int inputsGone();

    /** Percentage points by which a label's share of a week's decisions changed from the week before. */
    @WithDefault("20")
    @Min(1)
    @Max(100)
    int labelShift();

    /** 95th percentile of the duration of an hour's model calls. */
    @WithDefault("30s")
    Duration modelLatency();

    /** A day's cost or tokens, as a multiple of the median of the last 14 days. */
    @WithDefault("2")
    @DecimalMin("1")
    double spendSpike();

    /** Spent share of a daily budget, in percent. */
    @WithDefault("80")
    @Min(1)
    @Max(100)
    int budgetNearlySpent();

    /** How long an output has waited for its delivery. */
    @WithDefault("1h")
    Duration outboxOld();

    /** How long an entry has waited for a person. */
    @WithDefault("24h")
    Duration reviewOld();

    /** How long the database has been unavailable, or writes have waited for it. */
    @WithDefault("30s")
    Duration databaseAway();
}
