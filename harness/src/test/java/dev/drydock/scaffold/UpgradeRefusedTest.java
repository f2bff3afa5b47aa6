package dev.drydock.scaffold;

import static dev.drydock.scaffold.Workbench.append;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an upgrade does not do, and says why. */
class UpgradeRefusedTest {

    private static final String WINDOW = "harness/src/main/java/dev/drydock/agent/Window.java";

    @TempDir
    Path folder;

    private Workbench bench;
    private Path owl;

    @BeforeEach
    void make_a_project_and_a_newer_drydock() throws Exception {
        bench = Workbench.in(folder);
        owl = bench.project("owl");
        bench.git(bench.drydock(), "branch", "older");
        append(bench.drydock().resolve(WINDOW), "// their window\n");
        bench.commit(bench.drydock(), "Go on");
    }

    @Test
    void refuses_to_mix_with_changes_that_are_not_committed() throws Exception {
        append(owl.resolve(WINDOW), "// not committed\n");

        var ended = bench.drydock(owl, "upgrade");

        assertThat(ended.exit()).isEqualTo(2);
        assertThat(ended.err()).contains("commit them, or put them away with git stash", WINDOW);
        assertThat(bench.git(owl, "status", "--porcelain")).isEqualTo(" M " + WINDOW);
    }

    @Test
    void refuses_to_go_back_to_a_drydock_that_it_was_made_from_before() throws Exception {
        var older = folder.resolve("older").toString();
        bench.git(
                folder,
                "clone",
                "--quiet",
                "--single-branch",
                "--branch",
                "older",
                bench.drydock().toString(),
                older);
        assertThat(bench.drydock(owl, "upgrade").exit()).isZero();
        var now = bench.git(owl, "rev-parse", "HEAD");

        var ended = bench.drydock(owl, "upgrade", "--from", older);

        assertThat(ended.exit()).isEqualTo(2);
        assertThat(ended.err()).contains("is older than the one this project was last made from");
        assertThat(bench.git(owl, "rev-parse", "HEAD")).isEqualTo(now);
    }

    @Test
    void refuses_to_go_back_to_what_it_has_grown_out_of() throws Exception {
        var hawk = bench.project("hawk");
        bench.git(bench.drydock(), "checkout", "--quiet", "older");

        var ended = bench.drydock(hawk, "upgrade");

        assertThat(ended.exit()).isEqualTo(2);
        assertThat(ended.err()).contains("is older than the one this project was last made from");
    }

    @Test
    void says_where_it_did_not_find_a_newer_drydock() throws Exception {
        var ended = bench.drydock(
                owl, "upgrade", "--from", folder.resolve("nowhere").toString());

        assertThat(ended.exit()).isEqualTo(2);
        assertThat(ended.err()).contains("nowhere: name another place with --from");
    }
}
