package dev.drydock.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the errors of PostgreSQL mean. */
class DatabaseFaultsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "08006", "25006", "25P03", "40001", "40P01", "42501", "53100", "53200", "53300", "55P03", "57014",
                "57P01", "57P03", "58030"
            })
    void which_say_nothing_about_the_statement_mean_that_the_database_is_unavailable(String sqlState) {
        assertThat(Database.isUnavailable(fault(sqlState))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"22P05", "22001", "23505", "42601", "42P01", "54000"})
    void which_are_about_the_statement_do_not(String sqlState) {
        assertThat(Database.isUnavailable(fault(sqlState))).isFalse();
    }

    @Test
    void of_a_deadlock_are_gone_after_another_attempt() throws Exception {
        var attempts = new AtomicInteger();

        var result = RetryConflicts.Repeat.call(() -> {
            if (attempts.incrementAndGet() < 4) {
                throw fault("40P01");
            }
            return "stored";
        });

        assertThat(result).isEqualTo("stored");
        assertThat(attempts).hasValue(4);
    }

    @Test
    void that_another_attempt_does_not_change_are_thrown_at_once() {
        var attempts = new AtomicInteger();

        assertThatThrownBy(() -> RetryConflicts.Repeat.call(() -> {
                    attempts.incrementAndGet();
                    throw fault("25006");
                }))
                .hasRootCauseInstanceOf(SQLException.class);
        assertThat(attempts).hasValue(1);
    }

    private static RuntimeException fault(String sqlState) {
        return new IllegalStateException(new SQLException("refused", sqlState));
    }
}
