package dev.drydock.console;

import dev.drydock.config.Agents;
import dev.drydock.config.RegisteredAgent;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Validates request parameters. Invalid ones answer 400 with the allowed values, unknown ones 404. */
public final class RequestParameters {

    private static final int MOST = 1_000;

    private RequestParameters() {}

    public static int limit(int limit) {
        if (limit < 1 || limit > MOST) {
            throw Problem.of(Response.Status.BAD_REQUEST, "limit must be a number from 1 to %d.".formatted(MOST));
        }
        return limit;
    }

    /** Answers 404 with the names of the agents that there are. */
    public static RegisteredAgent<?, ?> agent(Agents agents, String name) {
        return agents.named(name).orElseThrow(() -> unknown(agents, name));
    }

    /** The answer to the name of an agent that there is not. */
    public static WebApplicationException unknown(Agents agents, String name) {
        return Problem.of(Response.Status.NOT_FOUND, agents.unknown(name));
    }

    public static UUID id(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw Problem.of(Response.Status.NOT_FOUND, "Not found: ids are UUIDs.");
        }
    }

    public static <E extends Enum<E>> @Nullable E oneOf(Class<E> type, @Nullable String name) {
        if (name == null || name.isBlank()) {
            return null;
        }
        try {
            return Enum.valueOf(type, name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw Problem.of(
                    Response.Status.BAD_REQUEST,
                    "\"%s\" is not one of %s.".formatted(name, Arrays.toString(type.getEnumConstants())));
        }
    }
}
