package dev.drydock.config;

import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** The thresholds of the alert rules, each named after its rule. */
public interface AlertRuleSettings {

    /** So many cycles in a row that were skipped. */
    @WithDefault("3")
    @Min(1)
    int skippedCycles();

    /** So many model calls of an agent in a row that failed. */
    @WithDefault("10")
    @Min(1)
    @Max(1000)
    int modelFailures();

    /** A larger share of an hour's runs, from 0 to 1, that failed, got stuck or crashed. */
    @WithDefault("0.05")
    @DecimalMin("0")
    @DecimalMax("1")
    double errorRate();

    /** So many completed cycles in a row that found nothing, where cycles usually find something. */
    @WithDefault("3")
    @Min(1)
    @Max(100)
    int inputsGone();

    /** A label's share of a week's decisions that has moved by more percentage points from the week before. */
    @WithDefault("20")
    @Min(1)
    @Max(100)
    int labelShift();

    /** One in twenty of an hour's model calls that takes longer. */
    @WithDefault("30s")
    Duration modelLatency();

    /** So many times the median of the last 14 days, for the spending of a day. */
    @WithDefault("2")
    @DecimalMin("1")
    double spendSpike();

    /** The same for its tokens. */
    @WithDefault("2")
    @DecimalMin("1")
    double tokenSpike();

    /** This share of a day's budget, in percent. */
    @WithDefault("80")
    @Min(1)
    @Max(100)
    int budgetNearlySpent();

    /** So many crashes in ten minutes. */
    @WithDefault("3")
    @Min(2)
    int crashLoop();

    /** An output that has waited longer for its delivery. */
    @WithDefault("1h")
    Duration outboxOld();

    /** An entry that has waited longer for a person. */
    @WithDefault("24h")
    Duration reviewOld();

    /** A database that has been away, or writes that have waited for it, for longer. */
    @WithDefault("30s")
    Duration databaseAway();

    /** So many pings in a row that the heartbeat's target has not taken. */
    @WithDefault("3")
    @Min(1)
    int heartbeatUnreachable();
}
