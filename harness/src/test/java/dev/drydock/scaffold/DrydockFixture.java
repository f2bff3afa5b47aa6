package dev.drydock.scaffold;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A clone of Drydock with the files of this checkout, committed or not, in a temporary folder. */
record DrydockFixture(Path folder) {

    /** Git without the configuration of the machine. */
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "GIT_CONFIG_GLOBAL", "/dev/null",
            "GIT_CONFIG_NOSYSTEM", "1",
            "GIT_AUTHOR_NAME", "Ada",
            "GIT_AUTHOR_EMAIL", "ada@example.com",
            "GIT_COMMITTER_NAME", "Ada",
            "GIT_COMMITTER_EMAIL", "ada@example.com");

    private static final Path TESTS = Path.of("harness/src/test");
    private static final Path A_TEST = TESTS.resolve("java/dev/drydock/DocsTest.java");
    private static final Path CLASSES = Path.of("harness/src/main/java/dev/drydock");

    /** How a program ended. */
    record Ended(int exit, String out, String err) {}

    /** Without Drydock's own tests but one: no project gets them. */
    static DrydockFixture in(Path folder) throws Exception {
        return with(folder, file -> !file.startsWith(TESTS) || file.equals(A_TEST));
    }

    /** Without the harness' classes but those of the package {@code agent}: enough to merge, and faster. */
    static DrydockFixture small(Path folder) throws Exception {
        return with(
                folder,
                file -> (!file.startsWith(TESTS) || file.equals(A_TEST))
                        && (!file.startsWith(CLASSES) || file.startsWith(CLASSES.resolve("agent"))));
    }

    /** As {@link #small}, with a script that runs the classes of this test run, so that no upgrade compiles any. */
    static DrydockFixture compiled(Path folder) throws Exception {
        var fixture = small(folder);
        var classes = Path.of(Scaffold.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Files.writeString(fixture.drydock().resolve("drydock"), """
                #!/usr/bin/env bash
                exec '%s' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '%s' %s "$(cd "$(dirname "$0")" && pwd)" "$@"
                """.formatted(
                        Path.of(System.getProperty("java.home"), "bin", "java"), classes, Scaffold.class.getName()));
        fixture.commit(fixture.drydock(), "Compile nothing");
        return fixture;
    }

    private static DrydockFixture with(Path folder, Predicate<Path> wanted) throws Exception {
        var fixture = new DrydockFixture(folder);
        var listed =
                fixture.run(Path.of(""), Map.of(), "git", "ls-files", "--cached", "--others", "--exclude-standard");
        for (var file : listed.out()
                .lines()
                .map(Path::of)
                .filter(Files::isRegularFile)
                .filter(wanted)
                .toList()) {
            var copy = fixture.drydock().resolve(file);
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
        }
        fixture.git(fixture.drydock(), "init", "--quiet");
        fixture.commit(fixture.drydock(), "Drydock as it is");
        return fixture;
    }

    /** A path with a space. */
    Path drydock() {
        return folder.resolve("my code/drydock");
    }

    /** Makes a project in this process, which is faster than the script. */
    Path project(String name, String... options) throws Exception {
        var command = new ArrayList<>(List.of("new", name));
        command.addAll(Arrays.asList(options));
        var ended = inProcess(drydock(), command.toArray(String[]::new));
        assertThat(ended.exit()).as(ended.err()).isZero();
        return drydock().resolveSibling(name);
    }

    /** Upgrades a project in this process. The newer Drydock renders with its own script. */
    Ended upgrade(Path project, String... options) {
        var command = new ArrayList<>(List.of("upgrade"));
        command.addAll(Arrays.asList(options));
        return inProcess(project, command.toArray(String[]::new));
    }

    /** What the checkout's script does, in this process and without compiling anything. */
    Ended inProcess(Path checkout, String... command) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var exit = new Scaffold(checkout, new PrintStream(out, true, UTF_8))
                .run(List.of(command), new PrintStream(err, true, UTF_8));
        return new Ended(exit, out.toString(UTF_8), err.toString(UTF_8));
    }

    /** Runs the checkout's script from another folder, which compiles the scaffold: where the script itself is tested. */
    Ended drydock(Path checkout, String... arguments) throws Exception {
        return drydock(Map.of(), checkout, arguments);
    }

    Ended drydock(Map<String, String> environment, Path checkout, String... arguments) throws Exception {
        var command =
                new ArrayList<>(List.of("/bin/bash", checkout.resolve("drydock").toString()));
        command.addAll(Arrays.asList(arguments));
        return run(folder, environment, command.toArray(String[]::new));
    }

    String git(Path repository, String... command) throws Exception {
        var whole = new ArrayList<>(List.of("git"));
        whole.addAll(Arrays.asList(command));
        var ended = run(repository, Map.of(), whole.toArray(String[]::new));
        assertThat(ended.exit()).as(whole + ended.out() + ended.err()).isZero();
        return ended.out().stripTrailing();
    }

    /** Copies a folder's content into another one: {@code cp -R from/. to}. */
    void copy(Path from, Path to) throws Exception {
        assertThat(run(folder, Map.of(), "cp", "-R", from + "/.", to.toString()).exit())
                .isZero();
    }

    /** Puts a copy of another fixture's folder in the place of this one's. */
    void replaceBy(Path other) throws Exception {
        assertThat(run(other, Map.of(), "rm", "-rf", folder.toString()).exit()).isZero();
        assertThat(run(other, Map.of(), "cp", "-a", ".", folder.toString()).exit())
                .isZero();
    }

    void commit(Path repository, String message) throws Exception {
        git(repository, "add", "--all", "--force");
        git(repository, "commit", "--quiet", "--message", message);
    }

    /** Replaces a text, which must be in the file. */
    static void edit(Path file, String text, String other) throws IOException {
        var before = Files.readString(file);
        assertThat(before).contains(text);
        Files.writeString(file, before.replace(text, other));
    }

    static void append(Path file, String text) throws IOException {
        Files.writeString(file, Files.readString(file) + text);
    }

    private Ended run(Path where, Map<String, String> environment, String... command) throws Exception {
        var err = Files.createTempFile("fixture", ".err");
        var builder = new ProcessBuilder(command)
                .directory(where.toAbsolutePath().toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(ENVIRONMENT);
        builder.environment().putAll(environment);
        var process = builder.start();
        var out = new String(process.getInputStream().readAllBytes(), UTF_8);
        var ended = new Ended(process.waitFor(), out, Files.readString(err));
        Files.delete(err);
        return ended;
    }
}
