package dev.drydock.scaffold;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused says what to do, ends with 2, and leaves nothing behind. */
class NewRefusedTest {

    @TempDir
    static Path folder;

    private static Workbench bench;

    @BeforeAll
    static void clone_drydock() throws Exception {
        bench = Workbench.in(folder);
    }

    @AfterEach
    void nothing_is_left_behind() throws Exception {
        try (Stream<Path> beside = Files.list(bench.drydock().getParent())) {
            assertThat(beside).containsExactly(bench.drydock());
        }
        assertThat(bench.git(bench.drydock(), "status", "--porcelain")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    new                                  | give one name, as in ./drydock new night-owl
                    new Night_Owl                        | "Night_Owl" is no name for a project
                    new 2owls                            | a letter first, as in night-owl
                    new ../owl                           | "../owl" is no name
                    new class                            | "class" is a keyword of Java: name another with --package
                    new owl --package com.example.new    | "new" is a keyword of Java
                    new owl --package Com.Example        | "Com.Example" is no name for a package
                    new owl --package dev.drydock.owl    | the package dev.drydock.owl belongs to others
                    new owl --template nothing           | there is no template "nothing"; there are:
                    new owl --tempalte blank             | there is no option --tempalte; see --help
                    new owl --package                    | --package wants a value
                    new owl --here --into x              | --here and --into exclude each other
                    new owl --into .                     | is taken: name another folder with --into
                    upgrade                              | a clone of Drydock itself is brought up to date by git pull
                    upgrade now                          | now is not understood; see --help
                    """)
    void says_what_to_do(String command, String message) throws Exception {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();

        var exit = new Scaffold(bench.drydock(), new PrintStream(out, true, UTF_8))
                .run(List.of(command.strip().split(" ")), new PrintStream(err, true, UTF_8));

        assertThat(err.toString(UTF_8)).startsWith("drydock ").contains(message);
        assertThat(exit).isEqualTo(2);
        assertThat(out.toString(UTF_8)).isEmpty();
    }

    @Test
    void lists_the_templates_there_are() throws Exception {
        var ended = bench.drydock(bench.drydock(), "new", "owl", "--template", "nothing");

        assertThat(ended.err()).contains("\n  blank ", "\n  triage ");
    }

    @Test
    void explains_itself() throws Exception {
        var help = bench.drydock(bench.drydock(), "new", "--help");

        assertThat(help.exit()).isZero();
        assertThat(help.out()).contains("Usage: ./drydock new NAME", "--into DIR", "  triage ");
        assertThat(bench.drydock(bench.drydock(), "upgrade", "--help").out()).contains("Usage: ./drydock upgrade");
    }

    @Test
    void needs_git() throws Exception {
        var ended = bench.drydock(path("javac", "java"), bench.drydock(), "new", "owl");

        assertThat(ended.err()).contains("git cannot be run: install it");
        assertThat(ended.exit()).isEqualTo(2);
    }

    @Test
    void needs_a_jdk() throws Exception {
        var ended = bench.drydock(path("git"), bench.drydock(), "new", "owl");

        assertThat(ended.err()).contains("needs a JDK, 17 or newer: install one, or let JAVA_HOME name it");
        assertThat(ended.exit()).isEqualTo(2);
    }

    @Test
    void needs_a_clone() throws Exception {
        var git = bench.drydock().resolve(".git");
        Files.move(git, folder.resolve("git"));

        var ended = bench.drydock(bench.drydock(), "new", "owl");
        Files.move(folder.resolve("git"), git);

        assertThat(ended.err()).contains("clone Drydock with git, and run the clone's ./drydock new");
        assertThat(ended.exit()).isEqualTo(2);
    }

    /** A search path with these programs alone, besides those that the script itself needs. */
    private Map<String, String> path(String... programs) throws Exception {
        var bin = Files.createTempDirectory(folder, "bin");
        var names = Stream.concat(Stream.of("dirname", "mktemp", "rm"), Stream.of(programs));
        for (var name : names.toList()) {
            var program = bin.resolve(name);
            Files.writeString(program, "#!/bin/sh\nexec '%s' \"$@\"\n".formatted(installed(name)));
            assertThat(program.toFile().setExecutable(true)).isTrue();
        }
        return Map.of("PATH", bin.toString(), "JAVA_HOME", "");
    }

    private static Path installed(String program) throws Exception {
        return List.of(System.getenv("PATH").split(":")).stream()
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }
}
