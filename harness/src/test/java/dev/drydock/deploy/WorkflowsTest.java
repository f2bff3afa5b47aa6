package dev.drydock.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes for each workflow that a user's repository is given. */
class WorkflowsTest {

    static List<Path> workflows() throws Exception {
        try (var files = Files.list(Path.of("templates/ci/github"))) {
            return files.filter(file -> file.toString().endsWith(".yml")).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void says_what_it_may_do_and_may_no_more_than_it_needs(Path file) {
        var permissions = read(file).get("permissions");

        assertThat(permissions.get("contents").asText()).isEqualTo("read");
        permissions.properties().forEach(permission -> {
            if (permission.getValue().asText().equals("write")) {
                assertThat(permission.getKey()).isIn("packages", "pull-requests");
            }
        });
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void does_not_run_beside_itself_nor_for_ever(Path file) {
        var workflow = read(file);

        assertThat(workflow.at("/concurrency/group").asText()).isNotEmpty();
        assertThat(workflow.at("/concurrency/cancel-in-progress").isMissingNode())
                .isFalse();
        workflow.get("jobs")
                .forEach(job -> assertThat(job.path("timeout-minutes").asInt()).isBetween(1, 60));
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void pins_each_action_to_a_major_release(Path file) {
        assertThat(read(file).findValuesAsText("uses")).isNotEmpty().allMatch(action -> action.matches(".+@v\\d+"));
    }

    private static JsonNode read(Path file) {
        return StrictYaml.read(file, JsonNode.class);
    }
}
