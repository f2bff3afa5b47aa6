package dev.drydock.scaffold;

import static dev.drydock.scaffold.Workbench.append;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NewProjectTest {

    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(#[^)]*)?\\)");

    @TempDir
    static Path folder;

    private static Workbench bench;
    private static Path owl;

    @BeforeAll
    static void make_a_project() throws Exception {
        bench = Workbench.in(folder);
        owl = bench.drydock().resolveSibling("night-owl");
        var ended = bench.drydock(bench.drydock(), "new", "night-owl");
        assertThat(ended.exit()).as(ended.err()).isZero();
    }

    @Test
    void speaks_of_its_own_agent() throws Exception {
        assertThat(owl.resolve("src/main/java/com/example/nightowl/NightOwlAgent.java"))
                .content()
                .contains("package com.example.nightowl;", "class NightOwlAgent ", "AgentSpec.of(\"nightowl\",");
        assertThat(owl.resolve("pom.xml"))
                .content()
                .contains("<groupId>com.example</groupId>", "<artifactId>night-owl</artifactId>")
                .doesNotContain("chaos", "<name>Drydock");
        assertThat(owl.resolve("fly.toml")).content().contains("app = \"night-owl\"");
        assertThat(owl.resolve("src/main/resources/application.properties"))
                .content()
                .contains("quarkus.application.name=night-owl", "folder.inbox=inbox,samples/nightowl\n");
        assertThat(owl.resolve("README.md"))
                .content()
                .contains("`NightOwlAgent`")
                .doesNotContain("{{");
        assertThat(owl.resolve("AGENTS.md")).content().contains("com.example.nightowl.NightOwlAgent");
    }

    @Test
    void has_a_first_commit_of_everything_and_nothing_beside_it() throws Exception {
        assertThat(bench.git(owl, "status", "--porcelain", "--ignored")).isEmpty();
        assertThat(bench.git(owl, "log", "--format=%an: %s"))
                .matches("Ada: Begin night-owl with Drydock [\\d.]+ and its template blank");
        assertThat(bench.git(owl, "ls-files", "--stage", "mvnw")).startsWith("100755");
        assertThat(owl.getParent()).isDirectoryNotContaining("glob:**/.drydock-*");
    }

    @Test
    void leaves_behind_what_is_about_drydock_itself() throws Exception {
        assertThat(bench.git(owl, "ls-files").lines())
                .contains("harness/src/main/java/dev/drydock/agent/Agent.java", "harness/src/test/java/dev/drydock/run/CycleTest.java")
                .noneMatch(file -> file.matches("(bench|docs/adr|CHANGELOG|harness/src/test/java/dev/drydock/blackbox).*"))
                .noneMatch(file -> file.startsWith("src/") && file.contains("triage"));
    }

    @Test
    void has_no_link_to_what_was_left_behind() throws Exception {
        for (var page : pages(owl)) {
            assertThat(LINK.matcher(Files.readString(page)).results().map(link -> link.group(1)))
                    .as(page.toString())
                    .allSatisfy(link -> assertThat(page.resolveSibling(link)).exists());
        }
    }

    @Test
    void says_what_to_do_next() throws Exception {
        var ended = bench.drydock(
                bench.drydock(),
                "new",
                "said",
                "--into",
                folder.resolve("o'clock").toString());

        assertThat(ended.out())
                .contains("  cd '" + folder + "/o'\\''clock'\n", "  ./mvnw quarkus:dev", "SaidAgent.java\n");
    }

    @Test
    void is_made_of_what_is_committed_and_says_so() throws Exception {
        var license = bench.drydock().resolve("LICENSE");
        var was = Files.readString(license);
        append(license, "not committed\n");

        var project = bench.project("careful");
        Files.writeString(license, was);

        assertThat(project.resolve("LICENSE")).hasContent(was);
        assertThat(project.resolve(".drydock-template.properties"))
                .content()
                .contains(
                        "template=blank\nname=careful\npackage=com.example.careful\n",
                        "source=" + bench.drydock() + "\n",
                        "commit=" + bench.git(bench.drydock(), "rev-parse", "HEAD"));
    }

    @Test
    void keeps_the_password_of_a_clone_to_itself() throws Exception {
        bench.git(bench.drydock(), "remote", "add", "origin", "https://ada:secret@example.com/drydock.git");

        var project = bench.project("discreet");
        bench.git(bench.drydock(), "remote", "remove", "origin");

        assertThat(Origin.read(project).source()).isEqualTo("https://example.com/drydock.git");
    }

    @Test
    void lives_in_the_package_that_is_wanted() throws Exception {
        var project = bench.project("owl", "--template", "triage", "--package=org.acme.owl");

        assertThat(project.resolve("pom.xml")).content().contains("AnnotatedPackages=dev.drydock,org.acme ");
        assertThat(project.resolve("harness/src/test/java/dev/drydock/ArchitectureTest.java"))
                .content()
                .contains("{\"dev.drydock\", \"org.acme\"}", "resideInAPackage(\"org.acme..\")");
        assertThat(Files.readString(project.resolve("src/test/java/org/acme/owl/OwlAgentTest.java"))
                        .lines()
                        .filter(line -> line.startsWith("import ") && !line.startsWith("import static")))
                .isSorted()
                .contains("import org.acme.owl.OwlAgent.Category;");
    }

    @Test
    void is_committed_by_somebody_even_where_git_knows_nobody() throws Exception {
        var nobody = Map.of(
                "GIT_AUTHOR_NAME", "", "GIT_AUTHOR_EMAIL", "", "GIT_COMMITTER_NAME", "", "GIT_COMMITTER_EMAIL", "");

        var ended = bench.drydock(nobody, bench.drydock(), "new", "orphan");

        assertThat(ended.exit()).as(ended.err()).isZero();
        assertThat(bench.git(bench.drydock().resolveSibling("orphan"), "log", "--format=%an"))
                .isEqualTo("Drydock");
    }

    @ParameterizedTest
    @MethodSource("templates")
    void forgets_the_name_of_its_template(String template) throws Exception {
        var project = folder.resolve(template);
        bench.project("zebra", "--template", template, "--into", project.toString());
        var name = Pattern.compile(
                "com[./]example[./]%1$s|%2$sAgent|\"%1$s[\".]|`%1$s[`.]|(?i:(samples|evals|agents|feeds|http)[/._]%1$s)(?![a-zA-Z])"
                        .formatted(template, Names.capitalized(template)));

        assertThat(bench.git(project, "ls-files").lines())
                .filteredOn(
                        file -> file.matches("(src/main/(java/com|resources/app)|src/test/java/com|docs/a|README).*"))
                .hasSizeGreaterThan(5)
                .allSatisfy(file -> assertThat(file).doesNotContainPattern(name))
                .allSatisfy(file -> assertThat(project.resolve(file)).content().doesNotContainPattern(name));
        assertThat(project.resolve("src/main/java/com/example/zebra/ZebraAgent.java"))
                .exists();
        assertThat(project.resolve("docs/agents/zebra.md")).exists();
        assertThat(project.resolve("samples/zebra")).isNotEmptyDirectory();
        assertThat(project.resolve("src/main/resources/application.properties"))
                .content() // each sample once, for folders are read with all that is in them
                .containsPattern("(?m)^%dev\\.drydock\\.folder\\.inbox=inbox(,samples/zebra[\\w/]*)?$");
    }

    static List<String> templates() throws IOException {
        return AgentTemplate.names(Path.of(""));
    }

    private static List<Path> pages(Path project) throws IOException {
        try (Stream<Path> files = Files.walk(project)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !file.startsWith(project.resolve("templates/agents")))
                    .filter(file -> !file.startsWith(project.resolve("harness/scaffold")))
                    .toList();
        }
    }
}
