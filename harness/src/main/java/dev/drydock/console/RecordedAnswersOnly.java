package dev.drydock.console;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.offline.StandIns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Settings for an eval on recorded answers: it connects to no database and asks no model, so that CI needs no secret. */
final class RecordedAnswersOnly {

    /** Nothing listens here: what connects anyway fails at once. */
    private static final String NOWHERE = "localhost:1";

    private RecordedAnswersOnly() {}

    /** The model is the configured one, else that of the baseline. */
    static Map<String, String> settings(String agent) {
        if (StandIns.arePresent()) {
            return Map.of();
        }
        var settings = new HashMap<String, String>();
        settings.put("quarkus.flyway.migrate-at-start", "false");
        settings.put("quarkus.datasource.jdbc.url", "jdbc:postgresql://%s/none".formatted(NOWHERE));
        settings.put("drydock.model.base-url", "http://%s/v1".formatted(NOWHERE));
        settings.put("drydock.model.api-key", "none");
        var config = StartUpSettings.unmapped();
        if (config.getConfigValue("drydock.model.name").getValue() == null
                && config.getConfigValue("OPENAI_MODEL").getValue() == null) {
            settings.put("drydock.model.name", modelOf(Path.of("evals", agent, "baseline.json")));
        }
        return settings;
    }

    private static String modelOf(Path baseline) {
        try {
            return new ObjectMapper()
                    .readTree(Files.readString(baseline))
                    .path("model")
                    .asText("none");
        } catch (IOException e) {
            return "none"; // the eval says that there is no such answer
        }
    }
}
