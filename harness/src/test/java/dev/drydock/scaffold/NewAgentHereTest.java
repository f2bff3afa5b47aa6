package dev.drydock.scaffold;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.ResourceLockTarget;

@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = "the checkout of NewAgentHereTest", target = ResourceLockTarget.CHILDREN)
class NewAgentHereTest {

    private static final String SETTINGS = "src/main/resources/application.properties";

    @TempDir(factory = MemoryFolder.class)
    static Path folder;

    private static DrydockFixture fixture;

    @BeforeAll
    static void clone_drydock() throws Exception {
        fixture = DrydockFixture.small(folder);
    }

    @Test
    void is_added_to_the_reference_agent() throws Exception {
        var ended = fixture.inProcess(fixture.drydock(), "new", "late-owl", "--here");

        assertThat(ended.exit()).as(ended.err()).isZero();
        assertThat(ended.out()).contains("the agent lateowl", "src/main/java/com/example/lateowl/LateOwlAgent.java");
        assertThat(fixture.git(fixture.drydock(), "status", "--porcelain", "--untracked-files=all")
                        .lines())
                .contains("?? src/main/java/com/example/lateowl/LateOwlAgent.java")
                .allMatch(line -> line.startsWith("?? ") || line.equals(" M " + SETTINGS));
    }

    @Test
    void can_be_of_any_template_in_a_project_of_another() throws Exception {
        var project = fixture.project("one", "--package", "org.acme.one");

        var ended = fixture.drydock(project, "new", "two", "--here", "--template", "triage");

        assertThat(ended.exit()).as(ended.err()).isZero();
        assertThat(project.resolve("src/main/java/org/acme/two/TwoAgent.java"))
                .content()
                .contains("AgentSpec.of(\"two\",");
        assertThat(project.resolve("samples/two/01-checkout-down.eml")).exists();
        assertThat(project.resolve("docs/agents/two.md")).content().contains("`samples/two`");
        assertThat(project.resolve(SETTINGS)).content().contains("folder.inbox=inbox,samples/one,samples/two\n");
    }

    @Test
    void overwrites_nothing() throws Exception {
        var project = fixture.project("first");
        Files.createDirectories(project.resolve("src/main/java/com/example/second"));
        Files.writeString(project.resolve("src/main/java/com/example/second/SecondAgent.java"), "mine");

        var ended = fixture.inProcess(project, "new", "second", "--here");

        assertThat(ended.err()).contains("SecondAgent.java exists already: choose another name");
        assertThat(ended.exit()).isEqualTo(2);
        assertThat(fixture.git(project, "status", "--porcelain")).isEqualTo("?? src/main/java/com/example/second/");
        assertThat(project.resolve("src/main/java/com/example/second"))
                .isDirectoryContaining("glob:**/SecondAgent.java");
    }

    @Test
    void is_the_only_thing_that_a_project_makes() throws Exception {
        var project = fixture.project("only");

        var ended = fixture.inProcess(project, "new", "another");

        assertThat(ended.err()).contains("./drydock new another --here adds an agent to it");
        assertThat(ended.exit()).isEqualTo(2);
    }
}
