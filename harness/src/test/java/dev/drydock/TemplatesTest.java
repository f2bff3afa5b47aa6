package dev.drydock;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.triage.TriageAgent.Category;
import com.example.triage.TriageAgent.Triage;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.drydock.agent.Agent;
import dev.drydock.agent.AgentSpec;
import dev.drydock.connect.Message;
import dev.drydock.judge.eval.EvalCase;
import dev.drydock.judge.eval.EvalCase.CaseSet;
import dev.drydock.judge.eval.ReadCases;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sun.reflect.ReflectionFactory;

/** Each template of an agent compiles with the harness. Its own tests run in a project: {@code ScaffoldedProjectTest}. */
@Execution(ExecutionMode.CONCURRENT)
class TemplatesTest {

    private static final Path TEMPLATES = Path.of("templates/agents");
    private static final ReadCases CASES =
            new ReadCases(JsonMapper.builder().findAndAddModules().build());
    private static final Path TESTS = Path.of("harness/src/test/templates");

    @TempDir
    Path classes;

    /** Templates with files of their own. The reference agent's files are compiled and tested with Drydock. */
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
    void has_a_description_a_page_and_samples(Path template) throws Exception {
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
    void has_cases_of_its_item_type_with_each_of_its_labels(Path template) throws Exception {
        compile(template);
        var name = template.getFileName().toString();

        try (var loader = loader()) {
            var cases = CASES.read(template.resolve("evals/" + name + "/cases.jsonl"), spec(loader, template));
            var labels = cases.stream().map(EvalCase::label).collect(toSet());

            assertThat(agentClass(loader, template).getClasses())
                    .filteredOn(Class::isEnum)
                    .extracting(type -> Stream.of(type.getEnumConstants())
                            .map(Object::toString)
                            .collect(toSet()))
                    .contains(labels);
        }
    }

    @Test
    void the_reference_agent_has_cases_in_both_sets_for_all_its_labels() throws Exception {
        var spec = AgentSpec.of("triage", Message.class, Triage.class);

        var cases = CASES.read(Path.of("evals/triage/cases.jsonl"), spec);

        for (var set : CaseSet.values()) {
            assertThat(cases)
                    .filteredOn(each -> each.set() == set)
                    .hasSize(set == CaseSet.DEV ? 120 : 80)
                    .extracting(EvalCase::label)
                    .contains(Stream.of(Category.values()).map(Enum::name).toArray(String[]::new));
        }
    }

    @ParameterizedTest
    @MethodSource("templates")
    void has_settings_that_drydock_knows_also_in_comments(Path template) throws Exception {
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

    /** Its own sources, and the tests of it that need Drydock's test classes. */
    private static List<Path> sources(Path template) throws IOException {
        var sources = new ArrayList<Path>();
        for (var folder : List.of(template.resolve("src"), TESTS.resolve(template.getFileName()))) {
            if (Files.exists(folder)) {
                try (var files = Files.walk(folder)) {
                    files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
                }
            }
        }
        return sources;
    }

    private URLClassLoader loader() throws IOException {
        return new URLClassLoader(new URL[] {classes.toUri().toURL()});
    }

    /** Creates the agent without its collaborators, because {@code spec()} uses none. */
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

    /** The settings without the profiles in their keys. */
    private static Map<String, String> properties(String text) throws IOException {
        var properties = new Properties();
        properties.load(new StringReader(text));
        var settings = new HashMap<String, String>();
        properties.forEach(
                (key, value) -> settings.put(key.toString().replaceFirst("^%[\\w,]+\\.", ""), value.toString()));
        return settings;
    }
}
