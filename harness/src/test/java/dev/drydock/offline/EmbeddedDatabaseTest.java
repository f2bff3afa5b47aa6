package dev.drydock.offline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class EmbeddedDatabaseTest {

    private final Path data = Path.of("target", "postgres-" + UUID.randomUUID()).toAbsolutePath();

    @AfterEach
    void stop() throws Exception {
        if (Files.exists(pidFile())) {
            kill();
        }
    }

    @Test
    void starts_empty_where_a_killed_process_has_left_its_data() throws Exception {
        try (var connection = connect(EmbeddedDatabase.start(data, false));
                var statement = connection.createStatement()) {
            statement.execute("create table leftover (id int)");
        }
        kill();

        try (var connection = connect(EmbeddedDatabase.start(data, false));
                var tables = connection.getMetaData().getTables(null, null, "leftover", null)) {
            assertThat(tables.next()).isFalse();
        }
    }

    @Test
    void says_what_to_do_if_it_cannot_start() throws Exception {
        Files.createDirectories(data);
        Files.writeString(data.resolve("PG_VERSION"), "nonsense");

        assertThatThrownBy(() -> EmbeddedDatabase.start(data, true))
                .hasMessageContaining(data.toString())
                .hasMessageContaining("set DATABASE_URL to one of your own, or remove that folder");
    }

    private static Connection connect(int port) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://localhost:%d/postgres".formatted(port), "postgres", "");
    }

    /** As the end of a machine does. */
    private void kill() throws Exception {
        var pid = Long.parseLong(Files.readAllLines(pidFile()).get(0));
        var postgres = ProcessHandle.of(pid).orElseThrow();
        postgres.destroyForcibly();
        postgres.onExit().get(1, TimeUnit.MINUTES);
    }

    private Path pidFile() {
        return data.resolve("postmaster.pid");
    }
}
