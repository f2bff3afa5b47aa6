package dev.drydock.scaffold;

import static dev.drydock.scaffold.DrydockFixture.append;
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
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.ResourceLockTarget;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = "the checkout of NewProjectTest", target = ResourceLockTarget.CHILDREN)
class NewProjectTest {

    private static final String SETTINGS = "src/main/resources/application.properties";
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(#[^)]*)?\\)");

    @TempDir(factory = MemoryFolder.class)
    static Path folder;

    private static DrydockFixture fixture;
    private static Path owl;

    @BeforeAll
    static void make_a_project() throws Exception {
        fixture = DrydockFixture.small(folder);
        owl = fixture.drydock().resolveSibling("night-owl");
        var ended = fixture.drydock(fixture.drydock(), "new", "night-owl");
        assertThat(ended.exit()).as(ended.err()).isZero();
    }

    @Test
    void names_its_own_agent() throws Exception {
        assertThat(owl.resolve("src/main/java/com/example/nightowl/NightOwlAgent.java"))
                .content()
                .contains("package com.example.nightowl;", "class NightOwlAgent ", "AgentSpec.of(\"nightowl\",");
        assertThat(owl.resolve("pom.xml"))
                .content()
                .contains(
                        "<artifactId>drydock-harness</artifactId>",
                        "<groupId>com.example</groupId>",
                        "<artifactId>night-owl</artifactId>",
                        "<name>night-owl</name>");
        assertThat(owl.resolve(SETTINGS))
                .content()
                .contains("folder.inbox=inbox,samples/nightowl\n", "defaults: harness/docs/configuration.md\n");
        assertThat(owl.resolve("README.md"))
                .content()
                .contains("`NightOwlAgent`")
                .doesNotContain("{{");
        assertThat(owl.resolve("AGENTS.md")).content().contains("com.example.nightowl.NightOwlAgent");
    }

    @Test
    void has_one_commit_with_all_files() throws Exception {
        assertThat(fixture.git(owl, "status", "--porcelain", "--ignored")).isEmpty();
        assertThat(fixture.git(owl, "log", "--format=%an: %s"))
                .matches("Ada: Begin night-owl with Drydock [\\d.]+ and its template blank");
        assertThat(fixture.git(owl, "ls-files", "--stage", "mvnw")).startsWith("100755");
        assertThat(owl.getParent()).isDirectoryNotContaining("glob:**/.drydock-*");
    }

    @Test
    void has_no_files_about_drydock_itself() throws Exception {
        assertThat(fixture.git(owl, "ls-files").lines())
                .contains("harness/src/main/java/dev/drydock/agent/Agent.java", "harness/LICENSE")
                .noneMatch(file -> file.matches("(harness/)?(bench|docs/adr|CHANGELOG|\\.ci/).*|harness/src/test/.*"))
                .noneMatch(file -> file.startsWith("src/") && file.contains("triage"));
        assertThat(owl.resolve("harness/pom.xml")).hasSameBinaryContentAs(Path.of("harness/pom.xml"));
    }

    @Test
    void has_files_for_deployment_where_they_were_asked_for() throws Exception {
        var asked = fixture.project("asked", "--deploy", "fly,kubernetes", "--ci=github");

        assertThat(asked.resolve("fly.toml")).content().contains("app = \"asked\"");
        assertThat(asked.resolve("Dockerfile.native")).exists();
        assertThat(asked.resolve("deploy/kubernetes/serve/kustomization.yaml")).exists();
        assertThat(asked.resolve(".github/workflows/verify.yml")).exists();
        assertThat(asked.resolve("harness/templates/deploy")).isDirectoryNotContaining("glob:**/{fly,kubernetes}");
        assertThat(asked.resolve("harness/docs/deploy/fly.md")).content().contains("[`fly.toml`](../../../fly.toml)");
        assertThat(Origin.read(asked).overlays()).containsExactly("ci/github", "deploy/fly", "deploy/kubernetes");
    }

    @Test
    void can_take_files_for_deployment_later_with_one_copy() throws Exception {
        var asked = fixture.project("late", "--deploy", "fly");
        var later = folder.resolve("later");
        fixture.project("late", "--into", later.toString());

        fixture.copy(later.resolve("harness/templates/deploy/fly"), later);

        for (var file : List.of("fly.toml", "Dockerfile.native", ".dockerignore")) {
            assertThat(later.resolve(file)).hasSameBinaryContentAs(asked.resolve(file));
        }
    }

    @Test
    void has_no_dead_link() throws Exception {
        for (var project : List.of(owl, fixture.project("linked", "--deploy", "fly,vps", "--template", "triage"))) {
            assertThat(pages(project))
                    .hasSizeGreaterThan(15)
                    .allSatisfy(page -> assertThat(LINK.matcher(Files.readString(page))
                                    .results()
                                    .map(link -> link.group(1)))
                            .allSatisfy(link ->
                                    assertThat(page.resolveSibling(link)).exists()));
        }
        assertThat(owl.resolve("harness/templates/agents/operator/docs/agents/operator.md"))
                .content() // as from docs/agents, where --here puts it
                .contains("](../../harness/docs/models.md#tools-that-change-the-world)");
    }

    @Test
    void says_what_to_do_next() throws Exception {
        var ended = fixture.inProcess(
                fixture.drydock(),
                "new",
                "said",
                "--into",
                folder.resolve("o'clock").toString());

        assertThat(ended.out())
                .contains("  cd '" + folder + "/o'\\''clock'\n", "  ./mvnw quarkus:dev", "SaidAgent.java\n");
    }

    @Test
    void is_made_from_the_commit() throws Exception {
        var license = fixture.drydock().resolve("LICENSE");
        var was = Files.readString(license);
        append(license, "not committed\n");

        var project = fixture.project("careful");
        Files.writeString(license, was);

        assertThat(project.resolve("harness/LICENSE")).hasContent(was);
        assertThat(project.resolve(".drydock-template.properties"))
                .content()
                .contains(
                        "template=blank\nname=careful\npackage=com.example.careful\ndeploy=\nci=\n",
                        "source=" + fixture.drydock() + "\n",
                        "commit=" + fixture.git(fixture.drydock(), "rev-parse", "HEAD"));
    }

    @Test
    void does_not_store_the_password_of_a_clone() throws Exception {
        fixture.git(fixture.drydock(), "remote", "add", "origin", "https://ada:secret@example.com/drydock.git");

        var project = fixture.project("discreet");
        fixture.git(fixture.drydock(), "remote", "remove", "origin");

        assertThat(Origin.read(project).source()).isEqualTo("https://example.com/drydock.git");
    }

    @Test
    void has_the_package_that_was_asked_for() throws Exception {
        var project = fixture.project("owl", "--template", "triage", "--package=org.acme.owl");

        assertThat(project.resolve("pom.xml")).content().contains("<groupId>org.acme</groupId>");
        assertThat(Files.readString(project.resolve("src/test/java/org/acme/owl/OwlAgentTest.java"))
                        .lines()
                        .filter(line -> line.startsWith("import ") && !line.startsWith("import static")))
                .isSorted()
                .contains("import org.acme.owl.OwlAgent.Category;");
    }

    @Test
    void is_committed_by_drydock_if_git_has_no_author() throws Exception {
        var nobody = Map.of(
                "GIT_AUTHOR_NAME", "", "GIT_AUTHOR_EMAIL", "", "GIT_COMMITTER_NAME", "", "GIT_COMMITTER_EMAIL", "");

        var ended = fixture.drydock(nobody, fixture.drydock(), "new", "orphan");

        assertThat(ended.exit()).as(ended.err()).isZero();
        assertThat(fixture.git(fixture.drydock().resolveSibling("orphan"), "log", "--format=%an"))
                .isEqualTo("Drydock");
    }

    @ParameterizedTest
    @MethodSource("templates")
    void has_no_name_of_its_template(String template) throws Exception {
        var project = zebra(template);
        var name = Pattern.compile(
                "com[./]example[./]%1$s|%2$sAgent|\"%1$s[\".]|`%1$s[`.]|(?i:(samples|evals|agents|feeds|http)[/._]%1$s)(?![a-zA-Z])"
                        .formatted(template, Names.capitalized(template)));

        assertThat(fixture.git(project, "ls-files").lines())
                .filteredOn(
                        file -> file.matches("(src/main/(java/com|resources/app)|src/test/java/com|docs/a|README).*"))
                .hasSizeGreaterThan(5)
                .allSatisfy(file -> assertThat(file).doesNotContainPattern(name))
                .allSatisfy(file -> assertThat(project.resolve(file)).content().doesNotContainPattern(name));
        assertThat(project.resolve("src/main/java/com/example/zebra/ZebraAgent.java"))
                .exists();
        assertThat(project.resolve("docs/agents/zebra.md")).exists();
        assertThat(project.resolve("samples/zebra")).isNotEmptyDirectory();
    }

    @ParameterizedTest
    @MethodSource("templates")
    void is_small_enough_to_read(String template) throws Exception {
        var project = zebra(template);

        assertThat(project).isDirectoryContaining("glob:**/harness");
        assertThat(project.toFile().list()).hasSizeLessThanOrEqualTo(25);
        assertThat(fixture.git(project, "ls-files").lines().filter(file -> !file.startsWith("harness/")))
                .hasSizeLessThanOrEqualTo(40);
        assertThat(Files.readAllLines(project.resolve("pom.xml"))).hasSizeLessThanOrEqualTo(40);
        assertThat(Files.readAllLines(project.resolve(SETTINGS))).hasSizeLessThanOrEqualTo(25);
    }

    /** A project of that template, made once. */
    private static Path zebra(String template) throws Exception {
        var project = folder.resolve("zebras").resolve(template);
        if (!Files.exists(project)) {
            fixture.project("zebra", "--template", template, "--into", project.toString());
        }
        return project;
    }

    static List<String> templates() throws IOException {
        return AgentTemplate.names(Path.of(""));
    }

    private static List<Path> pages(Path project) throws IOException {
        try (Stream<Path> files = Files.walk(project)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !file.startsWith(project.resolve("harness/templates/agents")))
                    .filter(file -> !file.startsWith(project.resolve("harness/scaffold")))
                    .toList();
        }
    }
}
