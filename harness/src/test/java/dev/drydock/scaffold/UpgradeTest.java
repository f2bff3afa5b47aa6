package dev.drydock.scaffold;

import static dev.drydock.scaffold.Workbench.append;
import static dev.drydock.scaffold.Workbench.edit;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.agent.Tier;
import dev.drydock.concurrent.Threads;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A project that has been worked on meets a Drydock that has, too. */
class UpgradeTest {

    private static final String AGENT = "src/main/java/com/example/owl/OwlAgent.java";
    private static final String WINDOW = "harness/src/main/java/dev/drydock/agent/Window.java";
    private static final String MODE = "harness/src/main/java/dev/drydock/agent/Mode.java";
    private static final String MODES = "harness/src/main/java/dev/drydock/agent/Modes.java";
    private static final String SETTINGS = "src/main/resources/application.properties";
    private static final String GUARD = "harness/src/main/java/dev/drydock/concurrent/ClockGuard.java";

    @TempDir
    Path folder;

    private Workbench bench;
    private Path owl;

    @BeforeEach
    void make_a_project_and_work_on_it() throws Exception {
        bench = Workbench.in(folder);
        owl = bench.project("owl");
        append(owl.resolve(AGENT), "// my agent\n");
        append(owl.resolve("README.md"), "\nMy own words.\n");
        append(owl.resolve(SETTINGS), "\ndrydock.budget.daily-usd=2\n");
        append(owl.resolve(MODE), "// my mode\n");
        append(owl.resolve(GUARD), "// my guard\n");
        bench.commit(owl, "Work on it");
    }

    @Test
    void brings_what_is_new_and_keeps_what_is_the_users() throws Exception {
        var drydock = bench.drydock();
        var version = "<version>%s</version>".formatted(Origin.read(owl).version());
        edit(drydock.resolve("pom.xml"), version, "<version>9.9.9</version>");
        edit(drydock.resolve(SETTINGS), "quarkus.banner.enabled=false", "quarkus.banner.enabled=true");
        edit(drydock.resolve(WINDOW), "package dev.drydock.agent;", "// newer\npackage dev.drydock.agent;");
        edit(drydock.resolve(GUARD), "package dev.drydock.concurrent;", "// newer\npackage dev.drydock.concurrent;");
        bench.git(drydock, "mv", MODE, MODES);
        bench.git(drydock, "rm", "--quiet", "harness/src/main/java/dev/drydock/agent/Tier.java");
        Files.writeString(drydock.resolve("docs/news.md"), "# News\n");
        bench.commit(drydock, "Go on");

        var ended = bench.drydock(owl, "upgrade");

        assertThat(ended.exit()).as(ended.out() + ended.err()).isZero();
        assertThat(ended.out()).startsWith("Drydock 9.9.9 (").contains("is merged");
        assertThat(owl.resolve(AGENT)).content().endsWith("// my agent\n");
        assertThat(owl.resolve("README.md")).content().contains("My own words.", "[News](docs/news.md)");
        assertThat(owl.resolve(SETTINGS)).content().contains("daily-usd=2", "banner.enabled=true", "name=owl");
        assertThat(owl.resolve(WINDOW)).content().startsWith("// newer");
        assertThat(owl.resolve(GUARD)).content().startsWith("// newer").endsWith("// my guard\n");
        assertThat(owl.resolve(MODE)).doesNotExist();
        assertThat(owl.resolve(MODES)).content().endsWith("// my mode\n");
        assertThat(owl.resolve("harness/src/main/java/dev/drydock/agent/Tier.java")).doesNotExist();
        assertThat(owl.resolve("pom.xml")).content().contains("<version>0.1.0</version>");
        assertThat(Origin.read(owl).version()).isEqualTo("9.9.9");
        assertThat(bench.git(owl, "status", "--porcelain")).isEmpty();
    }

    @Test
    void leaves_true_conflicts_to_git_and_can_be_taken_back_and_repeated() throws Exception {
        append(bench.drydock().resolve(MODE), "// their mode\n");
        append(bench.drydock().resolve(WINDOW), "// their window\n");
        bench.commit(bench.drydock(), "Go on");
        var before = bench.git(owl, "rev-parse", "HEAD");

        var ended = bench.drydock(owl, "upgrade");

        assertThat(ended.exit()).isEqualTo(UpgradeProject.CONFLICTS);
        assertThat(ended.out()).contains("  " + MODE + "\n", "git commit", "git merge --abort");
        assertThat(bench.git(owl, "diff", "--name-only", "--diff-filter=U")).isEqualTo(MODE);
        assertThat(owl.resolve(MODE)).content().contains("<<<<<<<", "// my mode", "// their mode");
        assertThat(bench.drydock(owl, "upgrade").err()).contains("a merge is under way");

        bench.git(owl, "merge", "--abort");
        assertThat(bench.git(owl, "rev-parse", "HEAD")).isEqualTo(before);
        assertThat(bench.drydock(owl, "upgrade").exit()).isEqualTo(UpgradeProject.CONFLICTS);
        edit(owl.resolve(MODE), "// my mode", "// our mode");
        bench.commit(owl, "Settle it");
        assertThat(bench.drydock(owl, "upgrade").out()).startsWith("up to date");
    }

    @Test
    void asks_about_nothing_twice() throws Exception {
        append(bench.drydock().resolve(MODE), "// their mode\n");
        bench.commit(bench.drydock(), "Go on");
        bench.drydock(owl, "upgrade");
        bench.git(owl, "checkout", "--ours", MODE);
        bench.commit(owl, "Keep mine");
        append(bench.drydock().resolve(WINDOW), "// their window\n");
        bench.commit(bench.drydock(), "Go on");

        var ended = bench.drydock(owl, "upgrade");

        assertThat(ended.exit()).as(ended.out()).isZero();
        assertThat(owl.resolve(MODE)).content().contains("// my mode").doesNotContain("// their mode");
        assertThat(owl.resolve(WINDOW)).content().endsWith("// their window\n");
    }

    @Test
    void shows_beforehand_what_would_come_and_changes_nothing() throws Exception {
        append(bench.drydock().resolve(MODE), "// their mode\n");
        bench.commit(bench.drydock(), "Go on");
        append(owl.resolve(WINDOW), "// not committed\n");
        var before = bench.git(owl, "for-each-ref") + bench.git(owl, "count-objects", "-v");

        var ended = bench.drydock(owl, "upgrade", "--dry-run");

        assertThat(ended.out()).contains("+// their mode\n", "both sides have changed:\n  " + MODE);
        assertThat(ended.exit()).isEqualTo(UpgradeProject.CONFLICTS);
        assertThat(bench.git(owl, "for-each-ref") + bench.git(owl, "count-objects", "-v"))
                .isEqualTo(before);
        assertThat(bench.git(owl, "status", "--porcelain")).isEqualTo(" M " + WINDOW);
    }

    @Test
    void finds_its_ground_again_in_a_history_that_was_begun_anew() throws Exception {
        bench.git(owl, "checkout", "--quiet", "--orphan", "anew");
        bench.commit(owl, "Begin anew");
        bench.git(owl, "branch", "--quiet", "--delete", "--force", "main");
        append(bench.drydock().resolve(WINDOW), "// their window\n");
        append(bench.drydock().resolve(GUARD).resolveSibling("Threads.java"), "// their threads\n");
        bench.commit(bench.drydock(), "Go on");

        var ended = bench.drydock(owl, "upgrade");

        assertThat(ended.exit()).as(ended.out() + ended.err()).isZero();
        assertThat(owl.resolve(WINDOW)).content().endsWith("// their window\n");
        assertThat(owl.resolve(MODE)).content().endsWith("// my mode\n");
    }

    @Test
    void finds_its_ground_again_after_an_upgrade_that_was_squashed() throws Exception {
        append(bench.drydock().resolve(WINDOW), "// their window\n");
        bench.commit(bench.drydock(), "Go on");
        bench.git(owl, "checkout", "--quiet", "-b", "upgrade");
        bench.drydock(owl, "upgrade");
        bench.git(owl, "checkout", "--quiet", "main");
        bench.git(owl, "merge", "--quiet", "--squash", "upgrade");
        bench.git(owl, "commit", "--quiet", "--no-edit"); // git's message quotes that of the rendering
        append(owl.resolve(WINDOW), "// my window\n");
        bench.commit(owl, "Work on it");
        append(bench.drydock().resolve(GUARD).resolveSibling("Threads.java"), "// their threads\n");
        bench.commit(bench.drydock(), "Go on");

        var ended = bench.drydock(owl, "upgrade", "--from", bench.drydock().toString());

        assertThat(ended.exit()).as(ended.out() + ended.err()).isZero();
        assertThat(owl.resolve(WINDOW)).content().endsWith("// their window\n// my window\n");
    }
}
