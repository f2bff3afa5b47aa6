package dev.drydock.config;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long the journal keeps finished work. */
public interface RetentionSettings {

    /** Requests and answers of model calls. */
    @WithDefault("30d")
    Duration calls();

    /** Items, decisions, tool calls and attempts at delivery, after the delivery, or else the decision, of what is done. */
    @WithDefault("90d")
    Duration payloads();

    /** Runs, each at least as long as its calls and the payloads of its entries, what each day has cost, and the audit log. */
    @WithDefault("400d")
    Duration runs();
}
