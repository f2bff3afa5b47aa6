package dev.drydock;

import static java.util.function.Predicate.not;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The documents: their links, the order of packages that they list, and the agent in the README. */
@Execution(ExecutionMode.CONCURRENT)
class DocsTest {

    private static final Path README = Path.of("README.md");
    private static final Path HOW_IT_WORKS = Path.of("docs/how-it-works.md");
    private static final Path SOURCES = Path.of("harness/src/main/java/dev/drydock");

    private static final Set<String> NOT_OURS = Set.of(".git", ".drydock", "target", "inbox", "outbox");
    private static final Pattern CODE = Pattern.compile("(?s)```(\\w*)\n(.*?)```");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

    /** Folders whose files are copied to the root of a project; links there may also lead to the project's files. */
    private static final Pattern COPIED = Pattern.compile("^(harness/scaffold/project|.*templates/agents/[^/]+)/");

    @TempDir
    Path classes;

    @Test
    void every_relative_link_resolves() throws IOException {
        for (var page : pages()) {
            var dead = links(page)
                    .filter(not(link -> link.contains("{{")))
                    .filter(link -> target(page, link).isEmpty());

            assertThat(dead).as("dead links in %s", page).isEmpty();
        }
    }

    @Test
    void every_page_of_the_docs_is_reached_from_the_readme() throws IOException {
        var reached = new TreeSet<Path>();
        var open = new ArrayDeque<>(List.of(README));
        while (!open.isEmpty()) {
            var page = open.remove();
            if (reached.add(page)) {
                links(page)
                        .flatMap(link -> target(page, link).stream())
                        .filter(target -> target.toString().endsWith(".md"))
                        .forEach(open::add);
            }
        }

        assertThat(reached)
                .containsAll(
                        pages().stream().filter(page -> page.startsWith("docs")).toList());
    }

    @Test
    void the_list_of_packages_is_that_of_the_architecture_test_with_the_first_sentences_of_their_javadoc()
            throws IOException {
        var table = new StringBuilder("| package | contents |\n|---|---|\n");
        for (var room : ArchitectureTest.ROOMS) {
            table.append("| `%s` | %s |\n".formatted(room, contents(room)));
        }

        assertThat(Files.readString(HOW_IT_WORKS)).contains(table); // a failure prints the table to paste
    }

    private static String contents(String room) throws IOException {
        var source = Files.readString(SOURCES.resolve(room.replace('.', '/')).resolve("package-info.java"));
        var javadoc = source.substring("/**".length(), source.indexOf("*/")).replaceAll("\\s+\\*?\\s*", " ");
        return javadoc.strip().split("\\.(?: |$)", 2)[0].replaceAll("\\{@code ([^}]+)}", "`$1`");
    }

    @Test
    void the_agent_in_the_readme_compiles() throws IOException {
        var template =
                Files.readString(Path.of("templates/agents/blank/src/main/java/com/example/blank/BlankAgent.java"));
        var imports =
                template.lines().filter(line -> line.startsWith("import ")).toList();
        var agent = CODE.matcher(Files.readString(README))
                .results()
                .filter(block -> block.group(1).equals("java"))
                .map(block -> block.group(2))
                .findFirst()
                .orElseThrow();
        var source = classes.resolve("NightOwlAgent.java");
        Files.writeString(source, String.join("\n", imports) + "\nimport jakarta.inject.Inject;\n" + agent);

        var classPath = System.getProperty("java.class.path");
        var status = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-d", classes.toString(), "-cp", classPath, source.toString());

        assertThat(status).isZero();
        assertThat(agent.lines().count()).isLessThanOrEqualTo(30);
    }

    private static List<Path> pages() throws IOException {
        var pages = new TreeSet<Path>();
        try (var roots = Files.list(Path.of(""))) {
            for (var root :
                    roots.filter(file -> !NOT_OURS.contains(file.toString())).toList()) {
                try (var files = Files.walk(root)) {
                    files.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
                }
            }
        }
        return List.copyOf(pages);
    }

    private static Stream<String> links(Path page) throws IOException {
        var prose = CODE.matcher(Files.readString(page)).replaceAll("");
        return LINK.matcher(prose).results().map(link -> link.group(1)).filter(not(link -> link.matches("[a-z]+:.*")));
    }

    /** The file that a link leads to; none if the file or the heading does not exist. */
    private static List<Path> target(Path page, String link) {
        var parts = link.split("#", 2);
        var copied = Path.of(COPIED.matcher(page.toString()).replaceFirst(""));
        return Stream.of(page, copied)
                .map(from -> parts[0].isEmpty()
                        ? from
                        : from.resolveSibling(parts[0]).normalize())
                .filter(file -> Files.exists(file) && (parts.length == 1 || hasHeading(file, parts[1])))
                .limit(1)
                .toList();
    }

    private static boolean hasHeading(Path file, String anchor) {
        try {
            return HEADING.matcher(Files.readString(file))
                    .results()
                    .anyMatch(heading -> anchor(heading.group(1)).equals(anchor));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As GitHub makes them: lower case, without punctuation, a hyphen for each space. */
    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\w\\- ]", "").replace(' ', '-');
    }
}
