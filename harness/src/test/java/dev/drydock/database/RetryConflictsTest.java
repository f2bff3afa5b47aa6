package dev.drydock.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.database.RetryConflicts.Repeat;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetryConflictsTest {

    private final List<String> calls = new ArrayList<>();

    @Test
    void repeats_a_whole_transaction_and_not_its_parts() throws Exception {
        var answer = Repeat.call(() -> {
            calls.add("transaction");
            return Repeat.call(() -> {
                calls.add("part");
                if (calls.size() < 4) {
                    throw deadlock();
                }
                return "done";
            });
        });

        assertThat(answer).isEqualTo("done");
        assertThat(calls).containsExactly("transaction", "part", "transaction", "part");
    }

    @Test
    void gives_up_some_time() {
        assertThatThrownBy(() -> Repeat.call(() -> {
                    calls.add("transaction");
                    throw deadlock();
                }))
                .hasCauseInstanceOf(SQLException.class);
        assertThat(calls).hasSize(5);
    }

    private static RuntimeException deadlock() {
        return new IllegalStateException(new SQLException("deadlock detected", "40P01"));
    }
}
