package dev.drydock.offline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        leave("table", EmbeddedDatabase.port(data, false));
        kill();

        assertThat(tables(EmbeddedDatabase.port(data, false))).isEmpty();
    }

    @Test
    void goes_on_with_the_server_of_this_process() throws Exception {
        var port = EmbeddedDatabase.port(data, false);
        leave("table", port);

        assertThat(EmbeddedDatabase.port(data, false)).isEqualTo(port);
        assertThat(tables(port)).containsExactly("table");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void replaces_the_server_of_a_killed_process_and_has_only_data_that_is_kept(boolean keep) throws Exception {
        var killed = JavaProcess.of(Killed.class, data.toString(), String.valueOf(keep))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var port = Integer.parseInt(killed.inputReader().readLine());
        leave("table", port);
        killed.destroyForcibly().waitFor();
        var orphan = server();
        assertThat(tables(port)).as("it runs on").containsExactly("table");

        var tables = tables(EmbeddedDatabase.port(data, keep));

        assertThat(tables).isEqualTo(keep ? List.of("table") : List.of());
        assertThat(orphan.isAlive()).isFalse();
    }

    @Test
    void replaces_a_server_whose_process_was_killed_before_it_wrote_its_id() throws Exception {
        leave("table", EmbeddedDatabase.port(data, false));
        Files.writeString(data.resolve("drydock.pid"), "");

        assertThat(tables(EmbeddedDatabase.port(data, false))).isEmpty();
    }

    /** Another process that starts the database. */
    static final class Killed {

        private Killed() {}

        public static void main(String[] arguments) throws InterruptedException {
            System.out.println(EmbeddedDatabase.port(Path.of(arguments[0]), Boolean.parseBoolean(arguments[1])));
            Thread.sleep(Duration.ofMinutes(5).toMillis());
        }
    }

    @Test
    void says_what_to_do_if_it_cannot_start() throws Exception {
        Files.createDirectories(data);
        Files.writeString(data.resolve("PG_VERSION"), "nonsense");

        assertThatThrownBy(() -> EmbeddedDatabase.port(data, true))
                .hasMessageContaining(data.toString())
                .hasMessageContaining("set DATABASE_URL to one of your own, or remove that folder");
    }

    private static void leave(String table, int port) throws SQLException {
        try (var connection = connect(port);
                var statement = connection.createStatement()) {
            statement.execute("create table \"" + table + "\" (id int)");
        }
    }

    private static List<String> tables(int port) throws SQLException {
        var names = new ArrayList<String>();
        try (var connection = connect(port);
                var tables = connection.getMetaData().getTables(null, "public", null, new String[] {"TABLE"})) {
            while (tables.next()) {
                names.add(tables.getString("TABLE_NAME"));
            }
        }
        return names;
    }

    private static Connection connect(int port) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://localhost:%d/postgres".formatted(port), "postgres", "");
    }

    /** As the end of a machine does. */
    private void kill() throws Exception {
        var postgres = server();
        postgres.destroyForcibly();
        postgres.onExit().get(1, TimeUnit.MINUTES);
    }

    private ProcessHandle server() throws IOException {
        return ProcessHandle.of(Long.parseLong(Files.readAllLines(pidFile()).get(0)))
                .orElseThrow();
    }

    private Path pidFile() {
        return data.resolve("postmaster.pid");
    }
}
