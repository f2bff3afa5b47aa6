package dev.drydock.console;

import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of requests; a wrong one answers 400 and says what is right. */
final class RequestParameters {

    private static final int MOST = 1_000;

    private RequestParameters() {}

    static int limit(int limit) {
        if (limit < 1 || limit > MOST) {
            throw Problem.of(Response.Status.BAD_REQUEST, "limit is a number from 1 to %d.".formatted(MOST));
        }
        return limit;
    }

    static UUID id(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw Problem.of(Response.Status.NOT_FOUND, "There is nothing with this id: an id is a UUID.");
        }
    }

    static <E extends Enum<E>> @Nullable E oneOf(Class<E> type, @Nullable String name) {
        if (name == null || name.isBlank()) {
            return null;
        }
        try {
            return Enum.valueOf(type, name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw Problem.of(
                    Response.Status.BAD_REQUEST,
                    "\"%s\" is none of %s.".formatted(name, Arrays.toString(type.getEnumConstants())));
        }
    }
}
