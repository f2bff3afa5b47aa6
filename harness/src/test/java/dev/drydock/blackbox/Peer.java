package dev.drydock.blackbox;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A server by others, if it is installed: its program stands on the {@code PATH}. A test that needs one is skipped without it. */
final class Peer implements AutoCloseable {

    private final Process process;

    private Peer(Process process) {
        this.process = process;
    }

    /** Returns when the server listens on the port. */
    static Peer start(int port, String program, String... arguments) throws IOException {
        var found = Stream.of(System.getenv("PATH").split(Pattern.quote(File.pathSeparator)))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(found.isPresent(), () -> program + " is not on the PATH");
        var command = new ArrayList<String>();
        command.add(found.orElseThrow().toString());
        command.addAll(List.of(arguments));
        var log = Files.createTempFile(Path.of("target"), program + "-", ".log").toFile();
        var peer = new Peer(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start());
        await(program + " listens; see " + log)
                .atMost(Duration.ofMinutes(3))
                .ignoreExceptions()
                .until(() -> {
                    new Socket(InetAddress.getLoopbackAddress(), port).close();
                    return true;
                });
        return peer;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }
}
