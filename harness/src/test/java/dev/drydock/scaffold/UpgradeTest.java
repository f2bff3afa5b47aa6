package dev.drydock.scaffold;

import static dev.drydock.scaffold.DrydockFixture.append;
import static dev.drydock.scaffold.DrydockFixture.edit;
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

/** Upgrades a project that its owner has changed to a Drydock that has changed, too. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = "the folder of UpgradeTest", target = ResourceLockTarget.CHILDREN)
class UpgradeTest {

    private static final String AGENT = "src/main/java/com/example/owl/OwlAgent.java";
    private static final String WINDOW = "harness/src/main/java/dev/drydock/agent/Window.java";
    private static final String MODE = "harness/src/main/java/dev/drydock/agent/Mode.java";
    private static final String MODES = "harness/src/main/java/dev/drydock/agent/Modes.java";
    private static final String SETTINGS = "src/main/resources/application.properties";
    private static final String RECEIPT = "harness/src/main/java/dev/drydock/agent/Receipt.java";
    private static final String KEY = "harness/src/main/java/dev/drydock/agent/DeliveryKey.java";

    @TempDir(factory = MemoryFolder.class)
    static Path folder;

    private static DrydockFixture fixture;
    private static Path owl;
    private static Path made;

    @BeforeAll
    static void make_a_project_and_work_on_it() throws Exception {
        fixture = DrydockFixture.compiled(folder.resolve("fixture"));
        owl = fixture.project("owl");
        append(owl.resolve(AGENT), "// my agent\n");
        append(owl.resolve("README.md"), "\nMy own words.\n");
        append(owl.resolve(SETTINGS), "\ndrydock.budget-daily-usd=2\n");
        append(owl.resolve(MODE), "// my mode\n");
        append(owl.resolve(RECEIPT), "// my receipt\n");
        fixture.commit(owl, "Work on it");
        made = Files.move(fixture.folder(), folder.resolve("made"));
    }

    /** At the same path, which the project names as its source. */
    @BeforeEach
    void put_back_what_was_made() throws Exception {
        fixture.replaceBy(made);
    }

    @Test
    void brings_the_changes_of_drydock_and_keeps_those_of_the_owner() throws Exception {
        var drydock = fixture.drydock();
        var version = "<version>%s</version>".formatted(Origin.read(owl).version());
        edit(drydock.resolve("pom.xml"), version, "<version>9.9.9</version>");
        edit(drydock.resolve("harness/pom.xml"), version, "<version>9.9.9</version>");
        edit(drydock.resolve(SETTINGS), "# drydock.zone=Europe/Berlin", "# drydock.zone=UTC");
        edit(drydock.resolve(WINDOW), "package dev.drydock.agent;", "// newer\npackage dev.drydock.agent;");
        edit(drydock.resolve(RECEIPT), "package dev.drydock.agent;", "// newer\npackage dev.drydock.agent;");
        fixture.git(drydock, "mv", MODE, MODES);
        fixture.git(drydock, "rm", "--quiet", "harness/src/main/java/dev/drydock/agent/Tier.java");
        Files.writeString(drydock.resolve("docs/news.md"), "# News\n");
        fixture.commit(drydock, "Go on");

        var ended = fixture.upgrade(owl);

        assertThat(ended.exit()).as(ended.out() + ended.err()).isZero();
        assertThat(ended.out()).startsWith("Drydock 9.9.9 (").contains("is merged");
        assertThat(owl.resolve(AGENT)).content().endsWith("// my agent\n");
        assertThat(owl.resolve("README.md")).content().contains("My own words.", "[News](harness/docs/news.md)");
        assertThat(owl.resolve(SETTINGS)).content().contains("daily-usd=2\n", "zone=UTC\n", "samples/owl\n");
        assertThat(owl.resolve(WINDOW)).content().startsWith("// newer");
        assertThat(owl.resolve(RECEIPT)).content().startsWith("// newer").endsWith("// my receipt\n");
        assertThat(owl.resolve(MODE)).doesNotExist();
        assertThat(owl.resolve(MODES)).content().endsWith("// my mode\n");
        assertThat(owl.resolve("harness/src/main/java/dev/drydock/agent/Tier.java"))
                .doesNotExist();
        assertThat(owl.resolve("pom.xml"))
                .content()
                .contains("<version>9.9.9</version>", "<artifactId>owl</artifactId>");
        assertThat(Origin.read(owl).version()).isEqualTo("9.9.9");
        assertThat(fixture.git(owl, "status", "--porcelain")).isEmpty();
    }

    /** As when the harness moved into a folder of its own. */
    @Test
    void follows_the_harness_into_another_folder() throws Exception {
        var drydock = fixture.drydock();
        Files.writeString(owl.resolve(MODE).resolveSibling("Mine.java"), "// a file of the owner's\n");
        fixture.commit(owl, "Add a class to the harness");
        fixture.git(drydock, "mv", "harness/src/main/java/dev/drydock", "harness/src/main/java/dev/shipyard");
        edit(
                drydock.resolve(WINDOW.replace("dev/drydock/", "dev/shipyard/")),
                "package dev.drydock.",
                "package dev.shipyard.");
        fixture.commit(drydock, "Move the harness");

        var ended = fixture.upgrade(owl);

        assertThat(ended.exit()).as(ended.out() + ended.err()).isZero();
        var moved = owl.resolve("harness/src/main/java/dev/shipyard/agent");
        assertThat(moved.resolve("Mode.java")).content().endsWith("// my mode\n");
        assertThat(moved.resolve("Window.java")).content().startsWith("package dev.shipyard.agent;");
        assertThat(moved.resolve("Mine.java")).content().isEqualTo("// a file of the owner's\n");
        assertThat(owl.resolve("harness/src/main/java/dev/drydock")).doesNotExist();
        assertThat(owl.resolve(AGENT)).content().endsWith("// my agent\n");
    }

    @Test
    void leaves_conflicts_to_git_and_can_be_undone_and_repeated() throws Exception {
        append(fixture.drydock().resolve(MODE), "// their mode\n");
        append(fixture.drydock().resolve(WINDOW), "// their window\n");
        fixture.commit(fixture.drydock(), "Go on");
        var before = fixture.git(owl, "rev-parse", "HEAD");

        var ended = fixture.upgrade(owl);

        assertThat(ended.exit()).isEqualTo(UpgradeProject.CONFLICTS);
        assertThat(ended.out()).contains("  " + MODE + "\n", "git commit", "git merge --abort");
        assertThat(fixture.git(owl, "diff", "--name-only", "--diff-filter=U")).isEqualTo(MODE);
        assertThat(owl.resolve(MODE)).content().contains("<<<<<<<", "// my mode", "// their mode");
        assertThat(fixture.upgrade(owl).err()).contains("a merge is in progress");

        fixture.git(owl, "merge", "--abort");
        assertThat(fixture.git(owl, "rev-parse", "HEAD")).isEqualTo(before);
        assertThat(fixture.upgrade(owl).exit()).isEqualTo(UpgradeProject.CONFLICTS);
        edit(owl.resolve(MODE), "// my mode", "// our mode");
        fixture.commit(owl, "Settle it");
        assertThat(fixture.upgrade(owl).out()).startsWith("up to date");
    }

    @Test
    void does_not_repeat_a_resolved_conflict() throws Exception {
        append(fixture.drydock().resolve(MODE), "// their mode\n");
        fixture.commit(fixture.drydock(), "Go on");
        fixture.upgrade(owl);
        fixture.git(owl, "checkout", "--ours", MODE);
        fixture.commit(owl, "Keep mine");
        append(fixture.drydock().resolve(WINDOW), "// their window\n");
        fixture.commit(fixture.drydock(), "Go on");

        var ended = fixture.upgrade(owl);

        assertThat(ended.exit()).as(ended.out()).isZero();
        assertThat(owl.resolve(MODE)).content().contains("// my mode").doesNotContain("// their mode");
        assertThat(owl.resolve(WINDOW)).content().endsWith("// their window\n");
    }

    @Test
    void shows_changes_and_conflicts_in_a_dry_run_and_changes_nothing() throws Exception {
        append(fixture.drydock().resolve(MODE), "// their mode\n");
        fixture.commit(fixture.drydock(), "Go on");
        append(owl.resolve(WINDOW), "// not committed\n");
        var before = fixture.git(owl, "for-each-ref") + fixture.git(owl, "count-objects", "-v");

        var ended = fixture.upgrade(owl, "--dry-run");

        assertThat(ended.out()).contains("+// their mode\n", "with conflicts in:\n  " + MODE);
        assertThat(ended.exit()).isEqualTo(UpgradeProject.CONFLICTS);
        assertThat(fixture.git(owl, "for-each-ref") + fixture.git(owl, "count-objects", "-v"))
                .isEqualTo(before);
        assertThat(fixture.git(owl, "status", "--porcelain")).isEqualTo(" M " + WINDOW);
    }

    @Test
    void finds_its_merge_base_in_a_new_history() throws Exception {
        fixture.git(owl, "checkout", "--quiet", "--orphan", "anew");
        fixture.commit(owl, "Begin anew");
        fixture.git(owl, "branch", "--quiet", "--delete", "--force", "main");
        append(fixture.drydock().resolve(WINDOW), "// their window\n");
        append(fixture.drydock().resolve(KEY), "// their key\n");
        fixture.commit(fixture.drydock(), "Go on");

        var ended = fixture.upgrade(owl);

        assertThat(ended.exit()).as(ended.out() + ended.err()).isZero();
        assertThat(owl.resolve(WINDOW)).content().endsWith("// their window\n");
        assertThat(owl.resolve(MODE)).content().endsWith("// my mode\n");
    }

    @Test
    void finds_its_merge_base_after_a_squashed_upgrade() throws Exception {
        append(fixture.drydock().resolve(WINDOW), "// their window\n");
        fixture.commit(fixture.drydock(), "Go on");
        fixture.git(owl, "checkout", "--quiet", "-b", "upgrade");
        fixture.upgrade(owl);
        fixture.git(owl, "checkout", "--quiet", "main");
        fixture.git(owl, "merge", "--quiet", "--squash", "upgrade");
        fixture.git(owl, "commit", "--quiet", "--no-edit"); // git's message quotes that of the rendering
        append(owl.resolve(WINDOW), "// my window\n");
        fixture.commit(owl, "Work on it");
        append(fixture.drydock().resolve(KEY), "// their key\n");
        fixture.commit(fixture.drydock(), "Go on");

        var ended = fixture.upgrade(owl, "--from", fixture.drydock().toString());

        assertThat(ended.exit()).as(ended.out() + ended.err()).isZero();
        assertThat(owl.resolve(WINDOW)).content().endsWith("// their window\n// my window\n");
    }
}
