package dev.drydock.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.watch.Ping.Kind;
import dev.drydock.watch.PingTarget.Service;
import java.net.URI;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where pings go. */
class PingTargetTest {

    private static final UUID RUN = UUID.fromString("018f2b1c-0000-7000-8000-000000000001");

    @ParameterizedTest
    @CsvSource({
        "https://hc-ping.com/5bf6, /5bf6/fail?rid=018f2b1c-0000-7000-8000-000000000001",
        "https://hc-ping.com/5bf6/, /5bf6/fail?rid=018f2b1c-0000-7000-8000-000000000001",
        "https://hc-ping.com/key/slug, /key/slug/fail?rid=018f2b1c-0000-7000-8000-000000000001",
        "https://hc-ping.com/key/slug?create=1, /key/slug/fail?create=1&rid=018f2b1c-0000-7000-8000-000000000001",
        "https://hc-ping.com/k%2Fy/slug/?a=%26, /k%2Fy/slug/fail?a=%26&rid=018f2b1c-0000-7000-8000-000000000001"
    })
    void names_the_kind_in_the_path_and_the_run_in_the_query(URI url, String address) {
        var target = new PingTarget(Service.HEALTHCHECKS, url);

        assertThat(target.address(new Ping(Kind.FAIL, RUN, ""))).hasToString("https://hc-ping.com" + address);
    }

    @Test
    void adds_nothing_for_a_success_of_a_run_that_was_not_written_down() {
        var target = new PingTarget(Service.HEALTHCHECKS, URI.create("https://hc-ping.com/5bf6"));

        assertThat(target.address(new Ping(Kind.SUCCESS, null, ""))).hasToString("https://hc-ping.com/5bf6");
    }

    @Test
    void names_no_run_to_a_service_that_does_not_know_them() {
        var target =
                new PingTarget(Service.BETTER_STACK, URI.create("https://uptime.betterstack.com/api/v1/heartbeat/t"));

        assertThat(target.address(new Ping(Kind.FAIL, RUN, "")))
                .hasToString("https://uptime.betterstack.com/api/v1/heartbeat/t/fail");
    }
}
