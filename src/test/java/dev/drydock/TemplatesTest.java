package dev.drydock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.agent.Agent;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each template of an agent is Java that compiles against the seam of today. */
class TemplatesTest {

    @TempDir
    Path classes;

    static List<Path> templates() throws Exception {
        try (var files = Files.walk(Path.of("templates/agents"))) {
            return files.filter(file -> file.toString().endsWith("Agent.java")).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("templates")
    void compiles_to_an_agent(Path template) throws Exception {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var files = compiler.getStandardFileManager(null, null, null);
        var faults = new StringWriter();
        var options = List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path"), "-parameters");

        var compiled = compiler.getTask(faults, files, null, options, null, files.getJavaFileObjects(template))
                .call();

        assertThat(compiled).withFailMessage(faults::toString).isTrue();
        try (var loader = new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            assertThat(Agent.class).isAssignableFrom(loader.loadClass(className(template)));
        }
    }

    private static String className(Path template) {
        var text = template.toString();
        return text.substring(text.indexOf("java/") + 5).replace(".java", "").replace('/', '.');
    }
}
