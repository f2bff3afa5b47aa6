package dev.drydock.blackbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** What a process in production has around it: a database, a model server, folders, settings. */
final class TestEnvironment implements AutoCloseable {

    static final String ADMIN_TOKEN = "admin-token-for-tests";

    private static final int ANSWERS_WITHIN_SECONDS = 5;

    static {
        // they may be those of a test that runs beside the one that waits
        Awaitility.doNotCatchUncaughtExceptionsByDefault();
    }

    private final TestDatabase database;
    private final MockModel model = new MockModel();
    private final Path folder;

    /** Kept, because a test that waits asks many times a second, and a new connection costs more than the query. */
    private @Nullable Connection kept;

    /** With a database on the server that all tests share. */
    TestEnvironment() {
        this(folder -> TestDatabase.onSharedServer());
    }

    /** With a database server that the test may kill, restart and configure. */
    static TestEnvironment withOwnServer() {
        return new TestEnvironment(TestDatabase::onServerOfItsOwn);
    }

    private TestEnvironment(DatabaseStart start) {
        try {
            folder = Files.createTempDirectory(Path.of("target"), "blackbox-");
            Files.createDirectories(inbox());
            database = start.in(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface DatabaseStart {
        TestDatabase in(Path folder) throws IOException, SQLException;
    }

    /** Settings by their names; a process of its own finds them in its environment. */
    Map<String, String> settings() {
        return new HashMap<>(Map.of(
                "DATABASE_URL",
                database.urlOnPort(database.port()),
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
                "0s",
                "drydock.slack.per-second",
                "0"));
    }

    /** The same with more settings, or other values. */
    Map<String, String> settings(Map<String, String> more) {
        var settings = settings();
        settings.putAll(more);
        return settings;
    }

    /** The same for a process that runs a cycle each second and delivers to the webhook. */
    Map<String, String> live() {
        return settings(Map.of(
                "SLACK_WEBHOOK_URL", model.slackUrl(),
                "drydock.mode", "live",
                "drydock.schedule", "every 1s",
                "drydock.outbox.every", "1s",
                "drydock.outbox.backoff", "1s",
                "PORT", "0"));
    }

    TestDatabase database() {
        return database;
    }

    void killDatabase() throws IOException, InterruptedException {
        database.kill();
    }

    void restartDatabase() {
        database.restart();
    }

    Connection connect() throws SQLException {
        return database.connect();
    }

    /** How many rows there are in a table, or in a part of it: {@code entry where state = 'PENDING'}. */
    int count(String rows) throws SQLException {
        return Integer.parseInt(ask("select count(*) from " + rows));
    }

    /** What a query answers, in the first column of its first row. */
    synchronized String ask(String sql) throws SQLException {
        if (kept == null || !kept.isValid(ANSWERS_WITHIN_SECONDS)) {
            kept = connect();
        }
        try (var statement = kept.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    /** A column of the latest run, or an expression of its columns. */
    String latestRun(String column) throws SQLException {
        return ask("select " + column + " from run order by seq desc limit 1");
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
            statement.execute("truncate run, entry, day_figures, pause, shedlock cascade");
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
    public void close() throws IOException, SQLException {
        if (kept != null) {
            kept.close();
        }
        model.close();
        database.close();
    }
}
