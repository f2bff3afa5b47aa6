package dev.drydock.journal;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/**
 * A prompt and the model that was asked it.
 *
 * @param prompt the AI service's method; empty for a request that no AI service made
 */
public record Asked(String prompt, String version, String model) {

    private static final int PARTS = 3;

    /** Those that a decision comes from, each once. A fallback says nothing about the model that is configured, and is left out. */
    public static List<Asked> of(List<ModelCall> calls) {
        return calls.stream()
                .filter(call -> call.response() != null && !call.route().why().startsWith("fallback"))
                .map(call -> new Asked(
                        call.prompt().name(),
                        call.prompt().version(),
                        call.route().asked()))
                .distinct()
                .toList();
    }

    /** Empty where nothing is known. */
    static List<Asked> read(ResultSet row, String column) throws SQLException {
        Array stored = row.getArray(column);
        return stored == null
                ? List.of()
                : Stream.of((String[]) stored.getArray()).map(Asked::parse).toList();
    }

    private static Asked parse(String text) {
        var parts = text.split(" ", PARTS);
        return new Asked(parts[0], parts[1], parts[2]);
    }

    /** As the journal keeps it. */
    @Override
    public String toString() {
        return "%s %s %s".formatted(prompt, version, model);
    }
}
