package dev.drydock.blackbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged program, jar or native executable, whichever was built last, as a process with its own environment. */
final class Program implements AutoCloseable {

    private static final int LONGEST_MINUTES = 3;

    /** How a process ended. */
    record Ended(int exitCode, String out, String err) {}

    private final Process process;
    private final Path out;
    private final Path err;

    private Program(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    static Program start(Map<String, String> settings, String... arguments) throws IOException {
        return start(PackagedProgram.executable(), settings, arguments);
    }

    static Program start(List<String> executable, Map<String, String> settings, String... arguments)
            throws IOException {
        var command = new ArrayList<>(executable);
        command.addAll(List.of(arguments));
        var out = Files.createTempFile(Path.of("target"), "program-", ".out");
        var err = Files.createTempFile(Path.of("target"), "program-", ".err");
        var builder = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment()
                .keySet()
                .removeIf(
                        name -> name.matches(
                                "(DRYDOCK|OPENAI|DATABASE|QUARKUS|HEALTHCHECKS|BETTERSTACK)_.*|(https?|no)_proxy|(HTTPS?|NO)_PROXY|SSL_CERT_FILE"));
        settings.forEach((name, value) -> builder.environment().put(variable(name), value));
        return new Program(builder.start(), out, err);
    }

    static Ended run(Map<String, String> settings, String... arguments) throws Exception {
        try (var program = start(settings, arguments)) {
            return program.awaitEnd();
        }
    }

    /** Asks the process to stop, as a platform does: with SIGTERM. */
    Ended terminate() throws Exception {
        process.destroy();
        return awaitEnd();
    }

    long pid() {
        return process.pid();
    }

    /** Stops the process where it stands, as a machine does that swaps or whose host is paused: with SIGSTOP. */
    void freeze() throws Exception {
        signal("STOP");
    }

    /** Lets it go on, as if no time had passed: with SIGCONT. */
    void thaw() throws Exception {
        signal("CONT");
    }

    private void signal(String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, String.valueOf(pid())).start().waitFor();
    }

    /** Ends the process at once, as a crash does: with SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    Ended awaitEnd() throws Exception {
        return awaitEnd(Duration.ofMinutes(LONGEST_MINUTES));
    }

    Ended awaitEnd(Duration longest) throws Exception {
        if (!process.waitFor(longest.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("still runs after " + longest + ": " + log());
        }
        return new Ended(process.exitValue(), Files.readString(out, UTF_8), log());
    }

    String log() throws IOException {
        return Files.readString(err, UTF_8);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** A setting's name in the environment. https://smallrye.io/smallrye-config/Main/config/environment-variables/ */
    private static String variable(String setting) {
        return setting.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
