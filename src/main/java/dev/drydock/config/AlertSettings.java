package dev.drydock.config;

import io.smallrye.config.WithDefault;
import jakarta.validation.Valid;
import java.time.Duration;

/** When a person is told, of what, and by which channels. */
public interface AlertSettings {

    /** An alert that was resolved is not opened again for this long, so that what comes and goes is told of once. */
    @WithDefault("15m")
    Duration coolDown();

    /** One that lasts this long is told of once more, as CRITICAL. */
    @WithDefault("4h")
    Duration escalateAfter();

    /** Where the runbook is that each alert links to a paragraph of. */
    @WithDefault("docs/alerts.md")
    String runbook();

    /** The thresholds. */
    @Valid
    AlertRuleSettings rules();
}
