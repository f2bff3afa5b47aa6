package dev.drydock.alert.rule;

import dev.drydock.alert.AlertRule;
import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.config.DrydockConfig;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.CallHistory;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/** Today's tokens are far above the median of the last days. Works for models without a price. */
@Singleton
class TokenSpike implements AlertRule.PerAgent {

    private final CallHistory calls;
    private final BigDecimal factor;
    private final ZoneId zone;
    private final InstantSource clock;

    TokenSpike(CallHistory calls, DrydockConfig config, InstantSource clock) {
        this.calls = calls;
        this.factor = BigDecimal.valueOf(config.alerts().rules().spendSpike());
        this.zone = config.zone();
        this.clock = clock;
    }

    @Override
    public String name() {
        return "token-spike";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    /** Not enough data until three of the last 14 days have tokens. */
    @Override
    public Optional<Finding> evaluate(RegisteredAgent<?, ?> agent) {
        var today = LocalDate.ofInstant(clock.instant(), zone);
        var days = calls.tokensByDay(agent.name(), today.minusDays(DailyMedian.DAYS), today, zone);
        var tokens = days.remove(today);
        if (tokens == null) {
            return Optional.empty();
        }
        return DailyMedian.of(days.values().stream().map(BigDecimal::valueOf).toList())
                .filter(usual -> BigDecimal.valueOf(tokens).compareTo(usual.multiply(factor)) > 0)
                .map(usual -> new Finding(
                        "%s used %d tokens today; the median of recent days is %.0f"
                                .formatted(agent.name(), tokens, usual),
                        "Cycles continue until the budget is spent, if one is set.",
                        "Check tokensIn and tokensOut in /api/runs?agent=%s: more entries, or longer prompts."
                                .formatted(agent.name())));
    }
}
