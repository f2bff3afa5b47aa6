package dev.drydock.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drydock.FreePort;
import dev.drydock.SmallDisk;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The packaged program, whose database accepts connections and refuses to write. */
@Tag("chaos")
@Tag("slow")
class RefusedWritesIT {

    private static final int MESSAGES = 8;
    private static final Duration LONG = Duration.ofMinutes(2);

    private final HttpClient client = HttpClient.newHttpClient();
    private TestEnvironment environment;
    private int port;

    @BeforeEach
    void open() {
        environment = TestEnvironment.withOwnServer();
        port = FreePort.find();
    }

    @AfterEach
    void close() throws Exception {
        environment.close();
    }

    @Test
    void goes_on_when_the_database_was_read_only() throws Exception {
        try (var program = Program.start(settings())) {
            decideAll();
            execute("alter system set default_transaction_read_only = on");

            expectOutage(program);
            execute("alter system set default_transaction_read_only = off");

            FaultTable.recovered("the database is read-only", environment.model(), MESSAGES);
            await().atMost(LONG).until(() -> ready() == 200);
            assertThat(environment.model().requests()).isEqualTo(MESSAGES);
        }
    }

    /** A tablespace on a small file system: what PostgreSQL writes apart from tables goes elsewhere, and does not fail. */
    @Test
    void goes_on_when_the_disk_was_full() throws Exception {
        var small = SmallDisk.mount();
        assumeTrue(small.isPresent(), "mounting a file system needs root");
        try (var disk = small.get()) {
            var space = Files.createDirectory(disk.folder().resolve("space"));
            Files.setPosixFilePermissions(space, PosixFilePermissions.fromString("rwxrwxrwx"));
            execute("create tablespace small location '" + space + "'");
            try (var program = Program.start(settings())) {
                await().atMost(LONG).until(() -> ready() == 200);
                for (var table : new String[] {"entry", "model_call", "delivery", "write_probe"}) {
                    execute("alter table %s set tablespace small".formatted(table));
                }
                decideAll();
                disk.fill();

                expectOutage(program);
                disk.free();

                FaultTable.recovered("the disk of the database is full", environment.model(), MESSAGES);
                await().atMost(LONG).until(() -> ready() == 200);
            }
        } finally {
            environment.killDatabase();
            environment = new TestEnvironment();
        }
    }

    /** Begins to decide all messages: their decisions are stored when the database refuses them. */
    private void decideAll() throws Exception {
        environment.model().delay(Duration.ofSeconds(3));
        for (int number = 0; number < MESSAGES; number++) {
            environment.put(number + ".eml", "Subject: message " + number + "\n\n" + "The export fails. ".repeat(500));
        }
        await().atMost(LONG).until(() -> environment.model().requests() >= MESSAGES);
    }

    private void expectOutage(Program program) throws Exception {
        await().atMost(LONG).until(() -> program.log().contains("kept in memory until it is available"));
        await().atMost(LONG).until(() -> ready() == 503);
        assertThat(get("/q/health/live")).isEqualTo(200);
        await().atMost(LONG).until(() -> program.log().contains("database-away"));
        assertThat(environment.model().taken()).isEmpty();
        environment.model().delay(Duration.ZERO);
    }

    private int ready() throws IOException, InterruptedException {
        return get("/q/health/ready");
    }

    private int get(String path) throws IOException, InterruptedException {
        try {
            var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
            return client.send(request.build(), BodyHandlers.discarding()).statusCode();
        } catch (java.net.ConnectException e) {
            return 0; // it starts
        }
    }

    private void execute(String sql) throws SQLException {
        try (var connection = environment.connect();
                var statement = connection.createStatement()) {
            statement.execute("set default_transaction_read_only = off");
            statement.execute(sql);
            statement.execute("select pg_reload_conf()");
        }
    }

    private Map<String, String> settings() {
        var settings = environment.live();
        settings.put("drydock.concurrency", String.valueOf(MESSAGES));
        settings.put("drydock.alerts.rules.database-away", "1s");
        settings.put("PORT", String.valueOf(port));
        return settings;
    }
}
