package dev.drydock.offline;

import io.smallrye.config.ConfigSourceContext;
import java.util.Map;

/** Where the offline model will answer, once it is started with the application. */
public final class OfflineModelAddress implements StandIn {

    /** The name that it answers with, so that its decisions are not taken for those of a language model. */
    static final String MODEL = "offline-minilm-l6-v2";

    @Override
    public boolean isNeeded(ConfigSourceContext context) {
        return StandIn.isUnset(context, "OPENAI_API_KEY") && StandIn.isUnset(context, "OPENAI_BASE_URL");
    }

    @Override
    public Map<String, String> settings(boolean keep) {
        return Map.of(
                "drydock.model.base-url",
                "http://localhost:" + port() + "/v1",
                "drydock.model.api-key",
                "offline",
                "drydock.model.name",
                MODEL);
    }

    /** Stays the same over restarts in one Java machine. */
    static int port() {
        return FreePort.of("offline-model");
    }
}
