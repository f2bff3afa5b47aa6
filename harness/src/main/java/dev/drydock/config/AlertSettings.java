package dev.drydock.config;

import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * When people are alerted, about what, and by which channels. A channel is on if its key or address is set. The log is always on.
 *
 * <p>Keys and addresses are strings with a pattern: a converter would quote an invalid value, and here it is a secret.
 */
public interface AlertSettings {

    String ADDRESS =
            "https?://(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9.-]+)(:\\d{1,5})?([/?]([\\w./?=&:@+,;!$'()*~-]|%[0-9A-Fa-f]{2})*)?";
    String NO_ADDRESS = "is not a web address: write one such as https://alerts.example.com/drydock";
    String KEY = "[!-~]+";
    String NO_KEY = "is not a key: it contains a space, a line break or another invalid character";

    /** A resolved alert is not opened again for this long, so that a flapping state is reported once. */
    @WithDefault("15m")
    Duration coolDown();

    /** An alert that is open for this long is sent once more, as CRITICAL. */
    @WithDefault("4h")
    Duration escalateAfter();

    /** Address of the runbook; each alert links to its paragraph. */
    @WithDefault("docs/alerts.md")
    String runbook();

    /** The thresholds. */
    AlertRuleSettings rules();

    Slack slack();

    PagerDuty pagerduty();

    Opsgenie opsgenie();

    Webhook webhook();

    Mail mail();

    Healthchecks healthchecks();

    /** How soon a person must look at an alert. */
    enum Severity {
        /** Never: nothing is wrong. Sent once, to channels that accept warnings; neither escalated nor resolved. */
        INFO,

        /** At the next opportunity: waiting until the morning loses nothing. */
        WARNING,

        /** Now: work is not done, or money is lost. */
        CRITICAL;

        /** Whether a channel with this threshold accepts alerts of this severity. */
        public boolean reaches(Severity threshold) {
            return compareTo(threshold) >= 0 || threshold == WARNING;
        }
    }

    /** An incoming webhook. */
    interface Slack {

        @WithDefault("${ALERT_SLACK_WEBHOOK_URL:}")
        Optional<@Pattern(regexp = ADDRESS, message = NO_ADDRESS) String> webhookUrl();

        /** Replaces the webhook's scheme, host and port. */
        @WithDefault("${ALERT_SLACK_BASE_URL:}")
        Optional<@WithConverter(Converters.WebAddress.class) URI> baseUrl();

        @WithDefault("warning")
        Severity severity();
    }

    /** The integration "Events API v2" of a service. */
    interface PagerDuty {

        @WithDefault("${PAGERDUTY_ROUTING_KEY:}")
        Optional<@Pattern(regexp = KEY, message = NO_KEY) String> routingKey();

        /** {@code https://events.eu.pagerduty.com} for accounts in the EU. */
        @WithDefault("${PAGERDUTY_BASE_URL:https://events.pagerduty.com}")
        @WithConverter(Converters.WebAddress.class)
        URI baseUrl();

        @WithDefault("critical")
        Severity severity();
    }

    /** The integration "API". Opsgenie ends in April 2027. */
    interface Opsgenie {

        @WithDefault("${OPSGENIE_API_KEY:}")
        Optional<@Pattern(regexp = KEY, message = NO_KEY) String> apiKey();

        /** {@code https://api.eu.opsgenie.com} for accounts in the EU. */
        @WithDefault("${OPSGENIE_BASE_URL:https://api.opsgenie.com}")
        @WithConverter(Converters.WebAddress.class)
        URI baseUrl();

        @WithDefault("critical")
        Severity severity();
    }

    /** Any program that accepts JSON. */
    interface Webhook {

        @WithDefault("${ALERT_WEBHOOK_URL:}")
        Optional<@Pattern(regexp = ADDRESS, message = NO_ADDRESS) String> url();

        /** Replaces the address's scheme, host and port. */
        @WithDefault("${ALERT_WEBHOOK_BASE_URL:}")
        Optional<@WithConverter(Converters.WebAddress.class) URI> baseUrl();

        /** Signs what is sent: {@code whsec_} and 24 to 64 random bytes in Base64. */
        @WithDefault("${ALERT_WEBHOOK_SECRET:}")
        Optional<
                        @Pattern(
                                regexp = "whsec_([A-Za-z0-9+/]{4}){8,21}([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?",
                                message =
                                        "is not a webhook secret: make one with echo \"whsec_$(openssl rand -base64 32)\"")
                        String>
                secret();

        @WithDefault("warning")
        Severity severity();
    }

    /** By SMTP; {@code quarkus.mailer.…} says through which server and from whom. */
    interface Mail {

        Optional<List<String>> to();

        @WithDefault("warning")
        Severity severity();
    }

    /** The check at Healthchecks that receives the heartbeats: alerts fail it. */
    interface Healthchecks {

        @WithDefault("critical")
        Severity severity();
    }
}
