package dev.drydock.blackbox;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What a process in production has around it: a database, a model server, folders, settings. */
final class Surroundings implements AutoCloseable {

    static final String ADMIN_TOKEN = "admin-token-for-tests";

    private final EmbeddedPostgres postgres;
    private final MockModel model = new MockModel();
    private final Path folder;

    Surroundings() {
        try {
            folder = Files.createTempDirectory(Path.of("target"), "blackbox-");
            Files.createDirectories(inbox());
            postgres = EmbeddedPostgres.builder().start();
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
        Files.writeString(inbox().resolve(name), text);
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
