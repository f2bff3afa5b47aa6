package dev.drydock.blackbox;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.awaitility.Awaitility;

/**
 * A second server that follows a database, each commit of which waits for it. It is made of a copy of the files, as
 * https://www.postgresql.org/docs/18/continuous-archiving.html says under "Making a Base Backup Using the Low Level API".
 */
final class Standby implements AutoCloseable {

    private final EmbeddedPostgres postgres;

    private Standby(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    static Standby of(TestEnvironment primary) throws Exception {
        var copy = Files.createTempDirectory(Path.of("target"), "standby-")
                .toAbsolutePath()
                .resolve("data");
        try (var backup = primary.connect()) {
            ask(backup, "select pg_backup_start('standby', true)");
            copy(primary.database().data(), copy);
            Files.writeString(copy.resolve("backup_label"), ask(backup, "select labelfile from pg_backup_stop(false)"));
        }
        Files.writeString(
                copy.resolve("postgresql.auto.conf"),
                "primary_conninfo = 'host=localhost user=postgres port=%d'%n"
                        .formatted(primary.database().port()),
                StandardOpenOption.APPEND);
        Files.createFile(copy.resolve("standby.signal"));
        var standby = new Standby(EmbeddedPostgres.builder()
                .setDataDirectory(copy)
                .setCleanDataDirectory(false)
                .setPGStartupWait(Duration.ofMinutes(1))
                .setServerConfig("synchronous_commit", "on")
                .start());
        try (var connection = primary.connect();
                var statement = connection.createStatement()) {
            statement.execute("alter system set synchronous_standby_names = '*'");
            statement.execute("select pg_reload_conf()");
        }
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(() -> primary.count("pg_stat_replication where sync_state = 'sync'") == 1);
        return standby;
    }

    /** Makes it the primary. */
    void promote() throws SQLException {
        try (var connection = postgres.getPostgresDatabase().getConnection()) {
            ask(connection, "select pg_promote()");
        }
    }

    int port() {
        return postgres.getPort();
    }

    String ask(String sql) throws SQLException {
        try (var connection = postgres.getPostgresDatabase().getConnection()) {
            return ask(connection, sql);
        }
    }

    private static String ask(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    /** As the user who owns the files, with their rights. */
    private static void copy(Path from, Path to) throws IOException, InterruptedException {
        Files.setPosixFilePermissions(to.getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));
        new ProcessBuilder("cp", "-a", from.toString(), to.toString()).start().waitFor();
        Files.deleteIfExists(to.resolve("postmaster.pid"));
        Files.deleteIfExists(to.resolve("epg-lock"));
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
