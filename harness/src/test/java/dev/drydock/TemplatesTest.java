package dev.drydock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.agent.Agent;
import dev.drydock.agent.AgentSpec;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sun.reflect.ReflectionFactory;

/** Each template of an agent fits the harness of today. What it does is tested where it has become a project. */
class TemplatesTest {

    private static final Path TEMPLATES = Path.of("templates/agents");

    @TempDir
    Path classes;

    /** Those that are made of files of their own; the reference agent's are compiled and tested where they stand. */
    static List<Path> templates() throws IOException {
        try (var folders = Files.list(TEMPLATES)) {
            return folders.filter(folder -> Files.isDirectory(folder.resolve("src")))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("templates")
    void compiles_with_its_tests_to_an_agent_of_its_name(Path template) throws Exception {
        compile(template);

        try (var loader = loader()) {
            assertThat(spec(loader, template).name())
                    .isEqualTo(template.getFileName().toString());
        }
    }

    @ParameterizedTest
    @MethodSource("templates")
    void says_what_it_is_for(Path template) throws Exception {
        var name = template.getFileName().toString();

        assertThat(properties(Files.readString(template.resolve("template.properties"))))
                .containsKey("description");
        assertThat(template.resolve("docs/agents/" + name + ".md"))
                .content()
                .startsWith("# The agent `%s`".formatted(name));
        assertThat(template.resolve("samples/" + name)).isNotEmptyDirectory();
    }

    @ParameterizedTest
    @MethodSource("templates")
    void has_cases_that_read_as_its_items_and_bear_its_labels(Path template) throws Exception {
        compile(template);
        var name = template.getFileName().toString();

        try (var loader = loader()) {
            var labels = Stream.of(agentClass(loader, template).getClasses())
                    .filter(Class::isEnum)
                    .flatMap(type -> Stream.of(type.getEnumConstants()))
                    .map(Object::toString);
            var cases = EvalCases.read(
                    template.resolve("evals/" + name + "/cases.jsonl"),
                    spec(loader, template).itemType(),
                    String::toString);

            assertThat(labels.toList())
                    .containsAll(cases.stream().map(EvalCases.Case::label).toList());
        }
    }

    @ParameterizedTest
    @MethodSource("templates")
    void brings_settings_that_drydock_knows_also_those_to_be_filled_in(Path template) throws Exception {
        var file = template.resolve("settings.properties");
        var text = Files.exists(file) ? Files.readString(file) : "";

        var settings = properties(text.replaceAll("(?m)^# (?=drydock\\.)", "").replaceAll("\\$\\{\\w+}", "secret"));

        assertThat(TestSettings.of(settings)).isNotNull();
    }

    private void compile(Path template) throws Exception {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var files = compiler.getStandardFileManager(null, null, null);
        var faults = new StringWriter();
        var options = List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path"), "-parameters");

        var compiled = compiler.getTask(
                        faults, files, null, options, null, files.getJavaFileObjectsFromPaths(sources(template)))
                .call();

        assertThat(compiled).withFailMessage(faults::toString).isTrue();
    }

    private static List<Path> sources(Path template) throws IOException {
        try (var files = Files.walk(template.resolve("src"))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    private URLClassLoader loader() throws IOException {
        return new URLClassLoader(new URL[] {classes.toUri().toURL()});
    }

    /** What an agent says of itself needs none of what it is made with; so it is made without. */
    private static AgentSpec<?, ?> spec(ClassLoader loader, Path template) throws Exception {
        var constructor = ReflectionFactory.getReflectionFactory()
                .newConstructorForSerialization(agentClass(loader, template), Object.class.getConstructor());
        return ((Agent<?, ?>) constructor.newInstance()).spec();
    }

    private static Class<?> agentClass(ClassLoader loader, Path template) throws ClassNotFoundException {
        var name = template.getFileName().toString();
        return loader.loadClass("com.example.%s.%s%sAgent"
                .formatted(name, name.substring(0, 1).toUpperCase(Locale.ROOT), name.substring(1)));
    }

    /** Without the profiles that they hold for. */
    private static Map<String, String> properties(String text) throws IOException {
        var properties = new Properties();
        properties.load(new StringReader(text));
        var settings = new HashMap<String, String>();
        properties.forEach(
                (key, value) -> settings.put(key.toString().replaceFirst("^%[\\w,]+\\.", ""), value.toString()));
        return settings;
    }
}
