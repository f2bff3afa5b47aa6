package dev.drydock.journal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads column types for which JDBC has no single method. */
final class ResultSets {

    private ResultSets() {}

    /** The constant with this name; {@code unknown} if a newer release wrote it, which was rolled back since. */
    static <E extends Enum<E>> E constant(String name, E unknown) {
        return known(unknown.getDeclaringClass(), name).orElse(unknown);
    }

    /** The same for a column that may be null. */
    static <E extends Enum<E>> @Nullable E nullableConstant(@Nullable String name, E unknown) {
        return name == null ? null : constant(name, unknown);
    }

    /** The constant with this name; empty if there is no name, or if a newer release wrote it, which was rolled back since. */
    static <E extends Enum<E>> Optional<E> known(Class<E> type, @Nullable String name) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(name))
                .findFirst();
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(nullableInstant(row, column), column);
    }

    static @Nullable Instant nullableInstant(ResultSet row, String column) throws SQLException {
        var value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    static @Nullable Long nullableLong(ResultSet row, String column) throws SQLException {
        var value = row.getLong(column);
        return row.wasNull() ? null : value;
    }
}
