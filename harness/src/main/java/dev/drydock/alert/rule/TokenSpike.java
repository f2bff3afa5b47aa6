package dev.drydock.alert.rule;

import dev.drydock.alert.AlertRule;
import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.config.DrydockConfig;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.CallHistory;
import dev.drydock.run.UsualDay;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/** Today has taken far more tokens than a day usually does; tells also where prices are not known. */
@Singleton
class TokenSpike implements AlertRule.PerAgent {

    private final CallHistory calls;
    private final BigDecimal factor;
    private final ZoneId zone;
    private final InstantSource clock;

    TokenSpike(CallHistory calls, DrydockConfig config, InstantSource clock) {
        this.calls = calls;
        this.factor = BigDecimal.valueOf(config.alerts().rules().tokenSpike());
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

    /** Not enough data until three of the last 14 days have taken tokens. */
    @Override
    public Optional<Finding> evaluate(RegisteredAgent<?, ?> agent) {
        var today = LocalDate.ofInstant(clock.instant(), zone);
        var days = calls.tokensByDay(agent.name(), today.minusDays(UsualDay.DAYS), today, zone);
        var taken = days.remove(today);
        if (taken == null) {
            return Optional.empty();
        }
        return UsualDay.of(days.values().stream().map(BigDecimal::valueOf).toList())
                .filter(usual -> BigDecimal.valueOf(taken).compareTo(usual.multiply(factor)) > 0)
                .map(usual -> new Finding(
                        "%s has taken %d tokens today, where a day takes %.0f".formatted(agent.name(), taken, usual),
                        "It goes on as far as the budget reaches, if one is set.",
                        "tokensIn and tokensOut in /api/runs?agent=%s: more entries, or longer prompts?"
                                .formatted(agent.name())));
    }
}
