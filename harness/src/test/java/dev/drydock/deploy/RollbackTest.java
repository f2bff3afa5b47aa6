package dev.drydock.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The step that deploys to Fly, run as it stands in its workflow, with a stand-in for Fly that does as it is sent. */
class RollbackTest {

    private static final String MACHINES = """
            [{"config": {"image": "registry.fly.io/drydock:nightly", "metadata": {}}},
             {"config": {"image": "registry.fly.io/drydock:good", "metadata": {"fly_process_group": "app"}}}]""";

    @TempDir
    Path folder;

    @BeforeEach
    void needs_a_shell_and_jq() throws Exception {
        assumeTrue(
                new ProcessBuilder("bash", "-c", "command -v jq").start().waitFor() == 0, "there is no bash or no jq");
        stub("curl", "exit 0");
    }

    @Test
    void leaves_a_new_image_that_gets_ready() throws Exception {
        fly(MACHINES, "new");

        assertThat(deploy()).isZero();
        assertThat(deployed()).containsExactly("registry.fly.io/drydock:new");
    }

    @Test
    void puts_back_the_image_before_when_the_new_one_does_not_start() throws Exception {
        fly(MACHINES, "good");

        assertThat(deploy()).isEqualTo(1);
        assertThat(deployed()).containsExactly("registry.fly.io/drydock:new", "registry.fly.io/drydock:good");
    }

    @Test
    void puts_it_back_when_the_new_one_starts_but_does_not_answer() throws Exception {
        fly(MACHINES, "new|good");
        stub("curl", "exit 22");

        assertThat(deploy()).isEqualTo(1);
        assertThat(deployed()).containsExactly("registry.fly.io/drydock:new", "registry.fly.io/drydock:good");
    }

    @Test
    void has_nothing_to_put_back_the_first_time() throws Exception {
        fly("null", "none");

        assertThat(deploy()).isEqualTo(1);
        assertThat(deployed()).containsExactly("registry.fly.io/drydock:new");
    }

    @Test
    void touches_nothing_while_it_cannot_tell_what_runs() throws Exception {
        stub("flyctl", "exit 1");

        assertThat(deploy()).isEqualTo(1);
        assertThat(deployed()).isEmpty();
    }

    /** Fly that has these machines, and whose deployments come up with these tags only. */
    private void fly(String machines, String tags) throws Exception {
        stub("flyctl", """
                case "$1" in
                  machine) cat <<'JSON'
                %s
                JSON
                  ;;
                  deploy) echo "$5" >>"%s"; [[ $5 =~ :(%s)$ ]] ;;
                esac""".formatted(machines, log(), tags));
    }

    private void stub(String name, String body) throws Exception {
        var file = Files.writeString(folder.resolve(name), "#!/usr/bin/env bash\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Runs the step as GitHub does. https://docs.github.com/actions/reference/workflow-syntax-for-github-actions#defaultsrunshell */
    private int deploy() throws Exception {
        var script = Files.writeString(folder.resolve("step.sh"), step());
        var shell = new ProcessBuilder("bash", "--noprofile", "--norc", "-eo", "pipefail", script.toString());
        shell.environment().put("PATH", folder + ":" + System.getenv("PATH"));
        shell.environment().put("FLY_APP", "drydock");
        shell.environment().put("COMMIT", "new");
        return shell.redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start()
                .waitFor();
    }

    private static String step() {
        var workflow = StrictYaml.read(Path.of("templates/ci/github/deploy-fly.yml"), JsonNode.class);
        for (var step : workflow.at("/jobs/deploy/steps")) {
            if (step.path("id").asText().equals("deploy")) {
                return step.get("run").asText();
            }
        }
        throw new AssertionError("there is no step called deploy");
    }

    private List<String> deployed() throws Exception {
        return Files.exists(log()) ? Files.readAllLines(log()) : List.of();
    }

    private Path log() {
        return folder.resolve("deployed");
    }
}
