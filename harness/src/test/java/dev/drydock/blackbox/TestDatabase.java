package dev.drydock.blackbox;

import static org.awaitility.Awaitility.await;

import dev.drydock.FreePort;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.flywaydb.core.Flyway;

/**
 * A PostgreSQL database that a test has for itself: on a server that all tests of this JVM share, made from a template that
 * is migrated once, or on a server of its own, empty, for tests that kill or configure the server.
 */
final class TestDatabase implements AutoCloseable {

    private static final String TEMPLATE = "template_migrated";

    private final boolean shared;
    private final Path data;
    private final String name;
    private EmbeddedPostgres server;

    private TestDatabase(boolean shared, Path data, String name, EmbeddedPostgres server) {
        this.shared = shared;
        this.data = data;
        this.name = name;
        this.server = server;
    }

    static TestDatabase onSharedServer() throws SQLException {
        var name = "test_" + UUID.randomUUID().toString().replace("-", "");
        execute(Shared.SERVER, "create database " + name + " template " + TEMPLATE);
        return new TestDatabase(true, Shared.DATA, name, Shared.SERVER);
    }

    static TestDatabase onServerOfItsOwn(Path folder) throws IOException {
        var data = folder.resolve("postgres").toAbsolutePath();
        return new TestDatabase(false, data, "postgres", start(data, FreePort.find()));
    }

    /** Started by the first test that asks for it, stopped when the JVM ends. */
    private static final class Shared {

        static final Path DATA;
        static final EmbeddedPostgres SERVER;

        static {
            try {
                DATA = Files.createTempDirectory(Path.of("target"), "postgres-").toAbsolutePath();
                SERVER = start(DATA, FreePort.find()); // another JVM could find the same one by itself
                execute(SERVER, "create database " + TEMPLATE);
                Flyway.configure()
                        .dataSource(SERVER.getDatabase("postgres", TEMPLATE))
                        .load()
                        .migrate();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static EmbeddedPostgres start(Path data, int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPGStartupWait(Duration.ofMinutes(1))
                .setServerConfig("synchronous_commit", "on") // as in production: what was answered is kept
                .start();
    }

    private static void execute(EmbeddedPostgres server, String sql) throws SQLException {
        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Kills the server with SIGKILL, as the end of its machine does. */
    void kill() throws IOException, InterruptedException {
        if (shared) {
            throw new IllegalStateException("other tests use this server");
        }
        var pid = Files.readAllLines(data.resolve("postmaster.pid")).get(0);
        ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroyForcibly();
        server.close(); // which releases the data directory
    }

    /** Starts it again, with its data, on the same port. */
    void restart() {
        await().atMost(Duration.ofMinutes(2)).ignoreExceptions().until(() -> {
            server = start(data, server.getPort());
            return true;
        });
    }

    Path data() {
        return data;
    }

    Connection connect() throws SQLException {
        return server.getDatabase("postgres", name).getConnection();
    }

    int port() {
        return server.getPort();
    }

    /** The value of {@code DATABASE_URL} for this database on another port, where a proxy or nothing listens. */
    String urlOnPort(int port) {
        return "postgres://postgres:x@localhost:" + port + "/" + name + "?sslmode=disable";
    }

    @Override
    public void close() throws IOException {
        if (!shared) {
            server.close();
        }
    }
}
