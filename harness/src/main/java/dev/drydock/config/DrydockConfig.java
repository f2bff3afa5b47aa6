package dev.drydock.config;

import dev.drydock.agent.Mode;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every setting of Drydock, with its default. A setting {@code drydock.some-name} is also read from the environment as
 * {@code DRYDOCK_SOME_NAME}. In a properties file, an unknown name ends the start, so that a typing error is not a
 * silent default.
 */
@ConfigMapping(prefix = "drydock")
public interface DrydockConfig {

    @WithDefault("shadow")
    Mode mode();

    /** What becomes of an agent that goes live while lines of the production checklist do not hold. */
    @WithDefault("warn")
    LiveGate liveGate();

    /** Overrides the agents' own: {@code every 5m}, a cron expression, or {@code off}. */
    Optional<@WithConverter(Schedule.SettingConverter.class) Schedule> schedule();

    /** The time zone of cron expressions. */
    @WithDefault("UTC")
    @WithConverter(Converters.Zone.class)
    ZoneId zone();

    /** Each scheduled cycle starts up to this much later, at random, so that many agents do not start at once. */
    @WithDefault("0s")
    Duration jitter();

    /** How many entries of one agent are decided, or delivered, at the same time. */
    @WithDefault("64")
    @Min(1)
    @Max(64)
    int concurrency();

    /** How far back a window reaches at most: for an agent's first cycle, and after a long silence. */
    @WithDefault("30d")
    Duration lookBack();

    /** How far a window reaches into the one before it, for items that show up late. */
    @WithDefault("10m")
    Duration overlap();

    /** An entry that could not be decided in this many cycles is set aside as POISONED. */
    @WithDefault("3")
    @Min(1)
    int poisonAfter();

    /** What a crash in the middle of a delivery may cost: a second delivery, or a missing one. */
    @WithDefault("at-least-once")
    DeliveryGuarantee delivery();

    /** How long an answer to the very same request is used again; 0 asks the model each time. */
    @WithDefault("0s")
    Duration cacheTtl();

    @WithParentName
    RunSize.Settings runSize();

    /** A running cycle that has not renewed its lease for this long counts as crashed. */
    @WithDefault("1m")
    Duration runLease();

    Stuck stuck();

    /** How long a stopping process waits for its work before interrupting it; keep it under the platform's kill timeout. */
    @WithDefault("20s")
    Duration shutdownGrace();

    /** Settings of one agent, by its name; each overrides the global one. */
    Map<String, AgentSettings.Overrides> agents();

    Folder folder();

    SlackSettings slack();

    /** Feed sources, by the name that agents use. */
    Map<String, FeedSettings> feeds();

    /** APIs for HTTP sources and channels, by the name that agents use. */
    Map<String, HttpSettings> http();

    NetworkSettings network();

    ModelSettings model();

    /** Prices and limits of models, by name; defaults in {@code META-INF/microprofile-config.properties}. */
    Map<String, ModelFacts> models();

    Budget budget();

    JudgeSettings.Cost cost();

    JudgeSettings.Evals evals();

    JudgeSettings.EarnedLabels earnedLabels();

    RedactSettings redact();

    SideEffects sideEffects();

    TraceSettings traces();

    AlertSettings alerts();

    RetentionSettings retention();

    @WithParentName
    HeartbeatSettings heartbeat();

    OutboxSettings outbox();

    /** Bearer token of the API and password of the page. Outside dev mode both are closed without it. */
    Optional<@Pattern(regexp = AlertSettings.KEY, message = AlertSettings.NO_KEY) String> adminToken();

    OidcSettings oidc();

    /** Where people reach this process, for the links in delivered messages: {@code https://night-owl.example}. */
    Optional<@WithConverter(Converters.WebAddress.class) URI> publicUrl();

    /**
     * Encrypts what leaves the process and comes back: refresh tokens that the database keeps, and what the links in delivered
     * messages say.
     */
    Optional<
                    @Pattern(
                            regexp = "[A-Za-z0-9+/]{43}=",
                            message = "must be 32 bytes in Base64, as \"openssl rand -base64 32\" prints")
                    String>
            encryptionKey();

    /** When a cycle or an agent's deliveries make no progress for too long. */
    interface Stuck {

        /** A cycle is never stuck before this time without progress, however short its usual duration. */
        @WithDefault("10m")
        Duration floor();

        /** An interrupted cycle that has not ended after this time ends the process, for the platform to restart. */
        @WithDefault("30s")
        Duration grace();
    }

    /** The folders of the ready-made folder source and channel. */
    interface Folder {

        /** Read in this order, with all that lies below them. */
        @WithDefault("inbox")
        List<Path> inbox();

        @WithDefault("outbox")
        Path outbox();

        /** Larger files are truncated, with a note in the message. */
        @WithDefault("1048576")
        @Min(1024)
        int maxBytes();

        /** A file that changed more recently may still be written, and is checked twice. */
        @WithDefault("2s")
        Duration settle();
    }

    /** What may be spent on models. */
    interface Budget {

        /** Of all agents in a day of {@link #zone}; the calls that would pass it wait for the next day. */
        Optional<@DecimalMin(value = "0", inclusive = false) BigDecimal> dailyUsd();
    }

    /** Tools with side effects. */
    interface SideEffects {

        /** Calls of MEDIUM risk that one agent may make in an hour, over all processes. */
        @WithDefault("20")
        @Min(1)
        int mediumPerHour();
    }
}
