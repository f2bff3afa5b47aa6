package dev.drydock.blackbox;

import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** What a process in production has around it: a database, a model server, folders, settings. */
final class TestEnvironment implements AutoCloseable {

    static final String ADMIN_TOKEN = "admin-token-for-tests";

    private EmbeddedPostgres postgres;
    private final MockModel model = new MockModel();
    private final Path folder;

    TestEnvironment() {
        try {
            folder = Files.createTempDirectory(Path.of("target"), "blackbox-");
            Files.createDirectories(inbox());
            postgres = startPostgres(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Settings by their names; a process of its own finds them in its environment. */
    Map<String, String> settings() {
        return new HashMap<>(Map.of(
                "DATABASE_URL",
                databaseUrl(databasePort()),
                "OPENAI_BASE_URL",
                model.baseUrl(),
                "OPENAI_API_KEY",
                "sk-test",
                "drydock.admin-token",
                ADMIN_TOKEN,
                "drydock.folder.inbox",
                inbox().toString(),
                "drydock.folder.outbox",
                outbox().toString(),
                "drydock.folder.settle",
                "0s"));
    }

    /** The same for a process that runs a cycle each second and delivers to the webhook. */
    Map<String, String> live() {
        var settings = settings();
        settings.putAll(Map.of(
                "SLACK_WEBHOOK_URL", model.slackUrl(),
                "drydock.mode", "live",
                "drydock.schedule", "every 1s",
                "drydock.outbox.every", "1s",
                "drydock.outbox.backoff", "1s",
                "PORT", "0"));
        return settings;
    }

    /** Kills the database without a word, as the end of its machine does. */
    void killDatabase() throws IOException, InterruptedException {
        var pid = Files.readAllLines(data().resolve("postmaster.pid")).get(0);
        ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroyForcibly();
        postgres.close(); // which lets go of the folder
    }

    /** Starts it again, with its data, at the same address. */
    void restartDatabase() {
        await().atMost(Duration.ofMinutes(2)).ignoreExceptions().until(() -> {
            postgres = startPostgres(postgres.getPort());
            return true;
        });
    }

    private EmbeddedPostgres startPostgres(int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(data())
                .setCleanDataDirectory(false)
                .setPGStartupWait(Duration.ofMinutes(1))
                .setServerConfig("synchronous_commit", "on") // as in production: what was answered is kept
                .start();
    }

    Path data() {
        return folder.resolve("postgres").toAbsolutePath();
    }

    Connection connect() throws SQLException {
        return postgres.getPostgresDatabase().getConnection();
    }

    /** How many rows there are in a table, or in a part of it: {@code entry where state = 'PENDING'}. */
    int count(String rows) throws SQLException {
        return Integer.parseInt(ask("select count(*) from " + rows));
    }

    /** What a query answers, in the first column of its first row. */
    String ask(String sql) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    int databasePort() {
        return postgres.getPort();
    }

    /** The database by another port, where something else stands before it. */
    static String databaseUrl(int port) {
        return "postgres://postgres:x@localhost:" + port + "/postgres?sslmode=disable";
    }

    MockModel model() {
        return model;
    }

    Path inbox() {
        return folder.resolve("inbox").toAbsolutePath();
    }

    Path outbox() {
        return folder.resolve("outbox").toAbsolutePath();
    }

    void put(String name, String text) throws IOException {
        Files.writeString((hidden() ? hideaway() : inbox()).resolve(name), text);
    }

    /** Takes the inbox away, as a network drive goes; messages still arrive there. */
    void hideInbox() throws IOException {
        Files.move(inbox(), hideaway());
    }

    void showInbox() throws IOException {
        if (hidden()) {
            Files.move(hideaway(), inbox());
        }
    }

    private boolean hidden() {
        return Files.exists(hideaway());
    }

    private Path hideaway() {
        return folder.resolve("away");
    }

    /** Puts messages by their file names so that one cycle sees all of them. */
    void putAtOnce(Map<String, String> messages) throws IOException {
        var batch = Files.createDirectory(folder.resolve("batch"));
        for (var message : messages.entrySet()) {
            Files.writeString(batch.resolve(message.getKey()), message.getValue());
        }
        Files.move(batch, inbox().resolve(UUID.randomUUID().toString()));
    }

    /** Makes everything as it was before the first message. To be called when no program runs, and one has run. */
    void forget() throws IOException, SQLException {
        Files.move(inbox(), folder.resolve("inbox-" + UUID.randomUUID()));
        Files.createDirectories(inbox());
        model.forget();
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute("truncate run, entry, shedlock cascade");
        }
    }

    /** How many files have been delivered. */
    long delivered() throws IOException {
        if (!Files.isDirectory(outbox())) {
            return 0;
        }
        try (var files = Files.list(outbox())) {
            return files.count();
        }
    }

    @Override
    public void close() throws IOException {
        model.close();
        postgres.close();
    }
}
