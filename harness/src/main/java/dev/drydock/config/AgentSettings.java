package dev.drydock.config;

import dev.drydock.agent.Mode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Function;

/** The effective settings of one agent: its own where set, otherwise the global ones. */
public record AgentSettings(
        Mode mode,
        Schedule schedule,
        ZoneId zone,
        Duration jitter,
        int concurrency,
        Duration lookBack,
        Duration overlap,
        int poisonAfter,
        DeliveryGuarantee delivery,
        Duration cacheTtl,
        Optional<BigDecimal> budgetDailyUsd,
        Optional<Deadline> deliverBy) {

    static AgentSettings of(DrydockConfig global, Optional<AgentOverrides> own, String specSchedule) {
        return new AgentSettings(
                pick(own, AgentOverrides::mode, global.mode()),
                own.flatMap(AgentOverrides::schedule)
                        .or(global::schedule)
                        .orElseGet(() -> Schedule.parse(specSchedule)),
                pick(own, AgentOverrides::zone, global.zone()),
                pick(own, AgentOverrides::jitter, global.jitter()),
                pick(own, AgentOverrides::concurrency, global.concurrency()),
                pick(own, AgentOverrides::lookBack, global.lookBack()),
                pick(own, AgentOverrides::overlap, global.overlap()),
                pick(own, AgentOverrides::poisonAfter, global.poisonAfter()),
                pick(own, AgentOverrides::delivery, global.delivery()),
                pick(own, AgentOverrides::cacheTtl, global.cacheTtl()),
                own.flatMap(AgentOverrides::budgetDailyUsd),
                own.flatMap(AgentOverrides::deliverBy));
    }

    private static <T> T pick(
            Optional<AgentOverrides> own, Function<AgentOverrides, Optional<T>> setting, T otherwise) {
        return own.flatMap(setting).orElse(otherwise);
    }
}
