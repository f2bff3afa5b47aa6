package dev.drydock.offline;

import io.smallrye.config.ConfigSourceContext;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.apache.commons.io.FileUtils;

/**
 * A real PostgreSQL of its own, from binaries that Maven brings, on a free port of the loopback interface. It ends with
 * the Java process that started it; restarts within that process (live reload, test profiles) find it running and go on with it.
 * If that process was killed, its server runs on: the next one stops it first.
 */
public final class EmbeddedDatabase implements StandIn {

    private static final Path KEPT = Path.of(".drydock/postgres");
    private static final Path PASSING = Path.of("target/postgres");
    private static final int PORT_LINE = 3;
    private static final String SERVER = "postmaster.pid";
    private static final String OWNER = "drydock.pid";
    private static final Duration SHUTDOWN = Duration.ofSeconds(10);

    @Override
    public boolean isNeeded(ConfigSourceContext context) {
        return StandIn.isUnset(context, "DATABASE_URL") && StandIn.isUnset(context, "quarkus.datasource.jdbc.url");
    }

    @Override
    public Map<String, String> settings(boolean keep) {
        var data = (keep ? KEPT : PASSING).toAbsolutePath();
        return Map.of(
                "quarkus.datasource.jdbc.url",
                "jdbc:postgresql://localhost:" + port(data, keep) + "/postgres",
                "quarkus.datasource.username",
                "postgres");
    }

    /** The port of the server that runs there for a living process, or of a new one. */
    static int port(Path data, boolean keep) {
        var running = portOfRunning(data);
        if (running.isPresent() && process(data.resolve(OWNER)).isPresent()) {
            return running.getAsInt();
        }
        if (running.isPresent()) {
            process(data.resolve(SERVER)).ifPresent(EmbeddedDatabase::stop);
        }
        return start(data, keep);
    }

    /** Starts it and answers its port. Data that is not to be kept, left behind by a process that was killed, goes. */
    private static int start(Path data, boolean keep) {
        try {
            Files.createDirectories(data.getParent());
            if (!keep) {
                FileUtils.deleteDirectory(data.toFile());
            }
            var port = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(!keep)
                    .setServerConfig("fsync", keep ? "on" : "off")
                    .setServerConfig("max_connections", "100")
                    .start()
                    .getPort();
            Files.writeString(
                    data.resolve(OWNER), String.valueOf(ProcessHandle.current().pid()));
            return port;
        } catch (IOException | IllegalStateException e) { // the latter if its programs fail
            throw new IllegalStateException(
                    "The embedded PostgreSQL did not start in %s: set DATABASE_URL to one of your own, or remove that folder"
                            .formatted(data),
                    e);
        }
    }

    /** The living process whose id stands in the first line of a file; empty if there is none or no such file. */
    private static Optional<ProcessHandle> process(Path pidFile) {
        try (var lines = Files.lines(pidFile)) {
            return lines.findFirst().map(String::strip).map(Long::valueOf).flatMap(ProcessHandle::of);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Without clients it ends at once. Its data stays. */
    private static void stop(ProcessHandle server) {
        server.destroy();
        server.onExit()
                .completeOnTimeout(server, SHUTDOWN.toSeconds(), TimeUnit.SECONDS)
                .join();
        server.destroyForcibly(); // if it waits for a client
        server.onExit().join();
    }

    /** PostgreSQL keeps its port in a file while it runs. https://www.postgresql.org/docs/18/storage-file-layout.html */
    private static OptionalInt portOf(Path data) throws IOException {
        var lines = Files.readAllLines(data.resolve(SERVER));
        return lines.size() > PORT_LINE
                ? OptionalInt.of(Integer.parseInt(lines.get(PORT_LINE).strip()))
                : OptionalInt.empty();
    }

    private static OptionalInt portOfRunning(Path data) {
        try {
            var port = portOf(data);
            if (port.isPresent()) {
                try (var socket = new Socket()) {
                    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port.getAsInt()), 500);
                }
            }
            return port;
        } catch (IOException e) {
            return OptionalInt.empty(); // no such file, or a file that a crash left behind
        }
    }
}
