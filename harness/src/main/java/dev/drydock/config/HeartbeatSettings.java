package dev.drydock.config;

import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Pattern;
import java.util.Optional;

/** Outside services that receive a ping for each run, and alert when pings stop. Each address is a secret. */
public interface HeartbeatSettings {

    /** A check of Healthchecks, by its UUID or by ping key and slug. */
    @WithDefault("${HEALTHCHECKS_PING_URL:}")
    Optional<@Pattern(regexp = AlertSettings.ADDRESS, message = AlertSettings.NO_ADDRESS) String> healthchecksPingUrl();

    /** A heartbeat of Better Stack. */
    @WithDefault("${BETTERSTACK_HEARTBEAT_URL:}")
    Optional<@Pattern(regexp = AlertSettings.ADDRESS, message = AlertSettings.NO_ADDRESS) String>
            betterstackHeartbeatUrl();
}
