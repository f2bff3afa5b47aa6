package dev.drydock.config;

import dev.drydock.agent.Mode;
import io.smallrye.config.WithConverter;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;

/** Settings of one agent, each in place of the global one. */
public interface AgentOverrides {

    Optional<Mode> mode();

    Optional<@WithConverter(Schedule.SettingConverter.class) Schedule> schedule();

    Optional<@WithConverter(ZoneConverter.class) ZoneId> zone();

    Optional<Duration> jitter();

    Optional<@Min(1) @Max(64) Integer> concurrency();

    Optional<Duration> lookBack();

    Optional<Duration> overlap();

    Optional<@Min(1) Integer> poisonAfter();

    Optional<DeliveryGuarantee> delivery();

    Optional<Duration> cacheTtl();

    /** What this agent may spend in a day, in addition to the limit of all agents. */
    Optional<@DecimalMin(value = "0", inclusive = false) BigDecimal> budgetDailyUsd();

    /** By when its output must be out, in its zone: {@code 07:15 mon-fri}. */
    Optional<@WithConverter(Deadline.SettingConverter.class) Deadline> deliverBy();

    /** A check of Healthchecks for this agent alone. */
    Optional<@Pattern(regexp = AlertSettings.ADDRESS, message = AlertSettings.NO_ADDRESS) String> healthchecksPingUrl();

    /** A heartbeat of Better Stack for this agent alone. */
    Optional<@Pattern(regexp = AlertSettings.ADDRESS, message = AlertSettings.NO_ADDRESS) String>
            betterstackHeartbeatUrl();
}
