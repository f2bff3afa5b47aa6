package dev.drydock.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;

/** The packaged program with another version of its agent's class. A native executable cannot be given one. */
final class ChangedAgent {

    private static final Path SOURCE = Path.of("src/main/java/com/example/triage/TriageAgent.java");
    private static final String SPEC = ".scheduled(\"every 5m\")";
    private static final String CONSTRUCTOR = "    TriageAgent(";

    private ChangedAgent() {}

    /**
     * The command line of the program whose agent expects this of a good run.
     *
     * @param expectation as its owner writes it, in Java
     */
    static List<String> expecting(String expectation) throws Exception {
        var command = new ArrayList<>(PackagedProgram.executable());
        var classes = command.indexOf("-cp") + 1;
        assumeTrue(classes > 0, "a native executable has no class path");
        var compiled = compile(
                Files.readString(SOURCE)
                        .replace(SPEC, SPEC + ".expecting(dev.drydock.agent.Expectation." + expectation + ")")
                        .replace( // which the build adds for the proxies of CDI
                                CONSTRUCTOR,
                                "    TriageAgent() { this(null, null, null, null, null); }\n\n" + CONSTRUCTOR),
                command.get(classes));
        command.set(classes, compiled + File.pathSeparator + command.get(classes));
        return command;
    }

    private static Path compile(String text, String classes) throws Exception {
        var folder =
                Files.createTempDirectory(Path.of("target"), "changed-agent-").toAbsolutePath();
        var source =
                Files.writeString(folder.resolve(SOURCE.getFileName()), text).toFile();
        var messages = new StringWriter();
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var options = List.of("-d", folder.toString(), "-cp", classes, "-parameters", "-proc:none");
            var task = compiler.getTask(messages, files, null, options, null, files.getJavaFileObjects(source));
            assertThat(task.call()).as(messages.toString()).isTrue();
        }
        return folder;
    }
}
