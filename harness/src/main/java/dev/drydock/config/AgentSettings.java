package dev.drydock.config;

import dev.drydock.agent.Mode;
import dev.drydock.config.RunSize.DeliverPerRun;
import dev.drydock.config.RunSize.FirstRun;
import io.smallrye.config.WithConverter;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
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
        boolean batch,
        Optional<BigDecimal> budgetDailyUsd,
        Optional<Deadline> deliverBy,
        Optional<Duration> deliverWithin,
        LiveLabels liveLabels,
        ShadowCandidate candidate,
        RunSize runSize) {

    static AgentSettings of(DrydockConfig global, Optional<Overrides> own, String specSchedule) {
        return new AgentSettings(
                pick(own, Overrides::mode, global.mode()),
                own.flatMap(Overrides::schedule).or(global::schedule).orElseGet(() -> Schedule.parse(specSchedule)),
                pick(own, Overrides::zone, global.zone()),
                pick(own, Overrides::jitter, global.jitter()),
                pick(own, Overrides::concurrency, global.concurrency()),
                pick(own, Overrides::lookBack, global.lookBack()),
                pick(own, Overrides::overlap, global.overlap()),
                pick(own, Overrides::poisonAfter, global.poisonAfter()),
                pick(own, Overrides::delivery, global.delivery()),
                pick(own, Overrides::cacheTtl, global.cacheTtl()),
                pick(own, Overrides::batch, false),
                own.flatMap(Overrides::budgetDailyUsd),
                own.flatMap(Overrides::deliverBy),
                own.flatMap(Overrides::deliverWithin),
                pick(own, Overrides::liveLabels, LiveLabels.ALL),
                own.map(Overrides::candidate).map(ShadowCandidate::of).orElse(ShadowCandidate.NONE),
                new RunSize(
                        pick(own, Overrides::firstRun, global.runSize().firstRun()),
                        own.flatMap(Overrides::itemsPerRun).or(global.runSize()::itemsPerRun),
                        pick(own, Overrides::deliverPerRun, global.runSize().deliverPerRun())));
    }

    private static <T> T pick(Optional<Overrides> own, Function<Overrides, Optional<T>> setting, T otherwise) {
        return own.flatMap(setting).orElse(otherwise);
    }

    /** Settings of one agent, each in place of the global one. */
    public interface Overrides {

        Optional<Mode> mode();

        Optional<@WithConverter(Schedule.SettingConverter.class) Schedule> schedule();

        Optional<@WithConverter(Converters.Zone.class) ZoneId> zone();

        Optional<Duration> jitter();

        Optional<@Min(1) @Max(64) Integer> concurrency();

        Optional<Duration> lookBack();

        Optional<Duration> overlap();

        Optional<@Min(1) Integer> poisonAfter();

        Optional<DeliveryGuarantee> delivery();

        Optional<Duration> cacheTtl();

        /** Whether its calls go through the provider's batch endpoint: at half the price, answered within a day. */
        Optional<Boolean> batch();

        Optional<@WithConverter(FirstRun.SettingConverter.class) FirstRun> firstRun();

        Optional<@Min(1) Integer> itemsPerRun();

        Optional<@WithConverter(DeliverPerRun.SettingConverter.class) DeliverPerRun> deliverPerRun();

        /** What this agent may spend in a day, in addition to the limit of all agents. */
        Optional<@DecimalMin(value = "0", inclusive = false) BigDecimal> budgetDailyUsd();

        /** By when its output must be out, in its zone: {@code 07:15 mon-fri}. */
        Optional<@WithConverter(Deadline.SettingConverter.class) Deadline> deliverBy();

        /** An output that is older is not delivered any more: it becomes EXPIRED. */
        Optional<@WithConverter(Converters.AtLeastASecond.class) Duration> deliverWithin();

        /** In live mode, which outputs are delivered: those of a list of labels, of labels that {@code earned} it, or {@code all}. */
        Optional<@WithConverter(LiveLabels.SettingConverter.class) LiveLabels> liveLabels();

        ShadowCandidate.Settings candidate();

        /** A check of Healthchecks for this agent alone. */
        Optional<@Pattern(regexp = AlertSettings.ADDRESS, message = AlertSettings.NO_ADDRESS) String>
                healthchecksPingUrl();

        /** A heartbeat of Better Stack for this agent alone. */
        Optional<@Pattern(regexp = AlertSettings.ADDRESS, message = AlertSettings.NO_ADDRESS) String>
                betterstackHeartbeatUrl();
    }
}
