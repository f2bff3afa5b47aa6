package dev.drydock.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code fly.toml} holds no key that Fly does not know, and keeps a scheduler awake. */
class FlyTest {

    private static final Duration SHUTDOWN_GRACE = Duration.ofSeconds(20);

    private final TomlMapper toml = new TomlMapper();
    private final JsonNode fly = toml.readTree(Files.readString(Path.of("fly.toml")));

    FlyTest() throws IOException {}

    @Test
    void has_only_keys_that_fly_knows() throws Exception {
        assertThat(unknown(fly)).isEmpty();
    }

    @Test
    void a_key_that_fly_does_not_know_is_found() throws Exception {
        var mistyped = toml.readTree("app = 'x'\n[[http_service.checks]]\npaht = '/'\n[env]\nANY = 'thing'");

        assertThat(unknown(mistyped)).containsExactly("http_service.checks.paht");
    }

    @Test
    void is_never_put_to_sleep() {
        assertThat(fly.at("/http_service/auto_stop_machines").asText()).isEqualTo("off");
        assertThat(fly.at("/http_service/min_machines_running").asInt()).isPositive();
        assertThat(fly.at("/restart/0/policy").asText()).isEqualTo("always");
    }

    @Test
    void a_cycle_under_way_has_time_to_end() {
        var timeout = Duration.parse("PT" + fly.get("kill_timeout").asText());

        assertThat(timeout).isGreaterThan(SHUTDOWN_GRACE).isLessThanOrEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void is_asked_where_it_answers() {
        assertThat(fly.at("/http_service/checks/0/path").asText()).isEqualTo("/q/health/ready");
        assertThat(fly.at("/metrics/path").asText()).isEqualTo("/q/metrics");
        assertThat(fly.at("/metrics/port").asInt())
                .isEqualTo(fly.at("/http_service/internal_port").asInt())
                .isEqualTo(8080);
        assertThat(Path.of(fly.at("/build/dockerfile").asText())).exists();
    }

    private static List<String> unknown(JsonNode file) throws IOException {
        var known = Files.readAllLines(Path.of("harness/src/test/resources/deploy/fly-keys.txt")).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
        var keys = new ArrayList<String>();
        collect("", file, keys);
        return keys.stream()
                .filter(key -> known.stream().noneMatch(pattern -> key.matches(pattern.replace("*", "[^.]+"))))
                .toList();
    }

    /** The paths of all values; tables in a list count as one. */
    private static void collect(String path, JsonNode node, List<String> keys) {
        if (node.isObject()) {
            node.properties()
                    .forEach(field -> collect(
                            path.isEmpty() ? field.getKey() : path + "." + field.getKey(), field.getValue(), keys));
        } else if (node.isArray() && !node.isEmpty() && node.get(0).isObject()) {
            node.forEach(element -> collect(path, element, keys));
        } else {
            keys.add(path);
        }
    }
}
