package dev.drydock.blackbox;

import static java.nio.file.attribute.PosixFilePermissions.fromString;

import dev.drydock.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A pooler before the database, in transaction mode: what one process says in one transaction and in the next may go over
 * two connections, and one connection serves all processes. https://www.pgbouncer.org/config.html
 */
final class PgBouncer implements AutoCloseable {

    private static final String SETTINGS = """
            [databases]
            * = host=127.0.0.1 port=%d user=postgres

            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = %d
            unix_socket_dir =
            auth_type = any
            pool_mode = transaction
            default_pool_size = 4
            ignore_startup_parameters = extra_float_digits
            """;

    private final Process process;
    private final Path log;
    private final int port;

    private PgBouncer(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.port = port;
    }

    static Optional<Path> executable() {
        return Stream.concat(Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin"))
                .map(folder -> Path.of(folder, "pgbouncer"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static PgBouncer before(int databasePort) throws IOException {
        var port = FreePort.find();
        var folder = Files.createTempDirectory("pgbouncer-");
        Files.setPosixFilePermissions(folder, fromString("rwxr-xr-x"));
        var settings = Files.writeString(folder.resolve("pgbouncer.ini"), SETTINGS.formatted(databasePort, port));
        var log = folder.resolve("pgbouncer.log");
        var command = new ArrayList<>(List.of(executable().orElseThrow().toString(), settings.toString()));
        if (System.getProperty("user.name").equals("root")) { // as which it refuses to run
            command.addAll(List.of("-u", "nobody"));
        }
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new PgBouncer(process, log, port);
    }

    int port() {
        return port;
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
