package dev.drydock.journal;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Rows for a statement that takes each of their columns as an array: {@code from unnest(:ids, :faults)}. */
final class Columns {

    private Columns() {}

    /** One value of each row, in their order. */
    static <T> @Nullable Object[] column(List<T> rows, Function<T, ? extends @Nullable Object> value) {
        return rows.stream().map(value).toArray();
    }
}
