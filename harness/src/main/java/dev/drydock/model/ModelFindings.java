package dev.drydock.model;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * What the server of one model takes of the protocol, as seen by asking it.
 *
 * @param role what the model is configured as: {@code standard}, {@code cheap}, {@code fallback}
 * @param usable whether Drydock can work with it, with the settings or without
 * @param settings to add, a line each, as {@code application.properties} reads them
 */
@RegisterForReflection
public record ModelFindings(String role, String model, boolean usable, List<Finding> findings, List<String> settings) {

    /**
     * The result of one question.
     *
     * @param ok whether nothing is missed
     */
    @RegisterForReflection
    public record Finding(String question, boolean ok, String result) {}
}
