package dev.drydock.scaffold;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.ResourceLockTarget;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A refused command says what to do, exits with 2, and leaves no files. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = "the checkout of NewRefusedTest", target = ResourceLockTarget.CHILDREN)
class NewRefusedTest {

    @TempDir(factory = MemoryFolder.class)
    static Path folder;

    private static DrydockFixture fixture;

    @BeforeAll
    static void clone_drydock() throws Exception {
        fixture = DrydockFixture.small(folder);
    }

    @AfterEach
    void no_files_are_left() throws Exception {
        try (Stream<Path> beside = Files.list(fixture.drydock().getParent())) {
            assertThat(beside).containsExactly(fixture.drydock());
        }
        assertThat(fixture.git(fixture.drydock(), "status", "--porcelain")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    new                                  | give one name, as in ./drydock new night-owl
                    new Night_Owl                        | "Night_Owl" cannot be a project's name
                    new 2owls                            | starting with a letter, as in night-owl
                    new ../owl                           | "../owl" cannot be
                    new class                            | "class" is a keyword of Java: choose another with --package
                    new owl --package com.example.new    | "new" is a keyword of Java
                    new owl --package Com.Example        | "Com.Example" cannot be a package
                    new owl --package dev.drydock.owl    | the package dev.drydock.owl is reserved
                    new owl --template nothing           | there is no template "nothing"; there are:
                    new owl --tempalte blank             | there is no option --tempalte; see --help
                    new owl --package                    | --package needs a value
                    new owl --here --into x              | --here and --into cannot be combined
                    new owl --here --deploy fly          | --here and --deploy cannot be combined
                    new owl --deploy fly,heroku          | there is no --deploy heroku; there are: fly, images, kubernetes, railway, vps
                    new owl --ci jenkins                 | there is no --ci jenkins; there are: github
                    new owl --into .                     | is taken: name another folder with --into
                    upgrade                              | update a clone of Drydock with git pull
                    upgrade now                          | unknown argument now; see --help
                    """)
    void says_what_to_do(String command, String message) throws Exception {
        var ended = fixture.inProcess(fixture.drydock(), command.strip().split(" "));

        assertThat(ended.err()).startsWith("drydock ").contains(message);
        assertThat(ended.exit()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
    }

    @Test
    void lists_the_templates_there_are() throws Exception {
        var ended = fixture.inProcess(fixture.drydock(), "new", "owl", "--template", "nothing");

        assertThat(ended.err()).contains("\n  blank ", "\n  triage ");
    }

    @Test
    void explains_itself() throws Exception {
        var help = fixture.drydock(fixture.drydock(), "new", "--help");

        assertThat(help.exit()).isZero();
        assertThat(help.out()).contains("Usage: ./drydock new NAME", "--into DIR", "  triage ");
        assertThat(fixture.inProcess(fixture.drydock(), "upgrade", "--help").out())
                .contains("Usage: ./drydock upgrade");
    }

    @Test
    void needs_git() throws Exception {
        var ended = fixture.drydock(path("javac", "java"), fixture.drydock(), "new", "owl");

        assertThat(ended.err()).contains("git cannot be run: install it");
        assertThat(ended.exit()).isEqualTo(2);
    }

    @Test
    void needs_a_jdk() throws Exception {
        var ended = fixture.drydock(path("git"), fixture.drydock(), "new", "owl");

        assertThat(ended.err()).contains("needs a JDK, 17 or newer: install one, or let JAVA_HOME name it");
        assertThat(ended.exit()).isEqualTo(2);
    }

    @Test
    void needs_a_clone() throws Exception {
        var git = fixture.drydock().resolve(".git");
        Files.move(git, folder.resolve("git"));

        var ended = fixture.inProcess(fixture.drydock(), "new", "owl");
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
