package dev.drydock.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that asks for a password, which stands in a file and changes while the program runs. */
class PasswordFileIT {

    private static final Duration LONG = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    private final TestEnvironment environment = TestEnvironment.withOwnServer();
    private Path file;

    @BeforeEach
    void ask_for_a_password() throws Exception {
        file = Files.writeString(folder.resolve("password"), "the first\n");
        execute("create role rotating superuser login password 'the first'");
        var access = environment.database().data().resolve("pg_hba.conf");
        var others = Files.readString(access);
        Files.writeString(
                access, "host all rotating all scram-sha-256\n" + others, StandardOpenOption.TRUNCATE_EXISTING);
        execute("select pg_reload_conf()");
    }

    @AfterEach
    void close() throws Exception {
        environment.close();
    }

    @Test
    void goes_on_with_the_new_password_when_it_changes() throws Exception {
        try (var program = Program.start(settings())) {
            deliver("one");

            execute("alter role rotating password 'the second'");
            Files.writeString(file, "the second\n");
            execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'rotating'");

            deliver("two");
            assertThat(environment.count("run where agent = 'triage' and outcome = 'FAILED'"))
                    .isZero();
            assertThat(program.terminate().exitCode()).isZero();
        }
    }

    private void deliver(String message) throws Exception {
        environment.put(message + ".txt", "The export fails for customer " + message + ".");
        await().atMost(LONG)
                .ignoreExceptions() // there are no tables yet
                .until(() ->
                        environment.count("entry where item_id = '%s.txt' and state = 'DELIVERED'".formatted(message))
                                == 1);
    }

    private Map<String, String> settings() {
        var settings = environment.live();
        var port = environment.database().port();
        settings.put("DATABASE_URL", "postgres://rotating@localhost:%d/postgres?sslmode=disable".formatted(port));
        settings.put("DATABASE_PASSWORD_FILE", file.toString());
        return settings;
    }

    private void execute(String sql) throws SQLException {
        try (var connection = environment.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
