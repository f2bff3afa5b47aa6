package dev.drydock.config;

import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Pattern;
import java.util.Optional;

/** Who is told of each cycle, and notices when nobody tells any more. Each address is a secret. */
public interface HeartbeatSettings {

    /** A check of Healthchecks, by its UUID or by ping key and slug. */
    @WithDefault("${HEALTHCHECKS_PING_URL:}")
    Optional<@Pattern(regexp = AlertSettings.ADDRESS, message = AlertSettings.NO_ADDRESS) String> healthchecksPingUrl();

    /** A heartbeat of Better Stack. */
    @WithDefault("${BETTERSTACK_HEARTBEAT_URL:}")
    Optional<@Pattern(regexp = AlertSettings.ADDRESS, message = AlertSettings.NO_ADDRESS) String>
            betterstackHeartbeatUrl();
}
