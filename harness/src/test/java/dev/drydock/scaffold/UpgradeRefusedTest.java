package dev.drydock.scaffold;

import static dev.drydock.scaffold.DrydockFixture.append;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.ResourceLockTarget;

/** A refused upgrade says why and changes nothing. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = "the folder of UpgradeRefusedTest", target = ResourceLockTarget.CHILDREN)
class UpgradeRefusedTest {

    private static final String WINDOW = "harness/src/main/java/dev/drydock/agent/Window.java";

    @TempDir(factory = MemoryFolder.class)
    static Path folder;

    private static DrydockFixture fixture;
    private static Path owl;
    private static Path made;

    @BeforeAll
    static void make_a_project_and_a_newer_drydock() throws Exception {
        fixture = DrydockFixture.small(folder.resolve("fixture"));
        owl = fixture.project("owl");
        fixture.git(fixture.drydock(), "branch", "older");
        append(fixture.drydock().resolve(WINDOW), "// their window\n");
        fixture.commit(fixture.drydock(), "Go on");
        made = Files.move(fixture.folder(), folder.resolve("made"));
    }

    /** At the same path, which the project names as its source. */
    @BeforeEach
    void put_back_what_was_made() throws Exception {
        fixture.replaceBy(made);
    }

    @Test
    void refuses_uncommitted_changes() throws Exception {
        append(owl.resolve(WINDOW), "// not committed\n");

        var ended = fixture.upgrade(owl);

        assertThat(ended.exit()).isEqualTo(2);
        assertThat(ended.err()).contains("commit them, or store them with git stash", WINDOW);
        assertThat(fixture.git(owl, "status", "--porcelain")).isEqualTo(" M " + WINDOW);
    }

    @Test
    void refuses_an_older_drydock_after_an_upgrade() throws Exception {
        var older = fixture.folder().resolve("older").toString();
        fixture.git(
                folder,
                "clone",
                "--quiet",
                "--single-branch",
                "--branch",
                "older",
                fixture.drydock().toString(),
                older);
        assertThat(fixture.drydock(owl, "upgrade").exit()).isZero();
        var now = fixture.git(owl, "rev-parse", "HEAD");

        var ended = fixture.upgrade(owl, "--from", older);

        assertThat(ended.exit()).isEqualTo(2);
        assertThat(ended.err()).contains("is older than the one this project was last made from");
        assertThat(fixture.git(owl, "rev-parse", "HEAD")).isEqualTo(now);
    }

    @Test
    void refuses_an_older_drydock() throws Exception {
        var hawk = fixture.project("hawk");
        fixture.git(fixture.drydock(), "checkout", "--quiet", "older");

        var ended = fixture.upgrade(hawk);

        assertThat(ended.exit()).isEqualTo(2);
        assertThat(ended.err()).contains("is older than the one this project was last made from");
    }

    @Test
    void names_the_source_that_it_cannot_clone() throws Exception {
        var ended = fixture.upgrade(owl, "--from", folder.resolve("nowhere").toString());

        assertThat(ended.exit()).isEqualTo(2);
        assertThat(ended.err()).contains("nowhere: name another repository or folder with --from");
    }
}
