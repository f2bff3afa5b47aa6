package dev.drydock.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drydock.concurrent.CircuitBreakers.CircuitStateChanged;
import dev.drydock.concurrent.TimersThatStop;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What probes are answered. */
class ProbesTest {

    private static final Duration LONGEST = Duration.ofSeconds(1);

    private final TimersThatStop process = new TimersThatStop();
    private final HealthCheck loop = new SchedulerLiveness(process.timers(), LONGEST);

    @AfterEach
    void close() {
        process.close();
    }

    @Test
    void find_a_loop_alive_that_turns() throws Exception {
        Thread.sleep(LONGEST.plusMillis(500).toMillis());

        await().until(() -> loop.call().getStatus() == Status.UP);
    }

    @Test
    void find_a_loop_dead_whose_clockwork_has_stopped() {
        process.stop();

        await().until(() -> loop.call().getStatus() == Status.DOWN);
        assertThat(loop.call().getData().orElseThrow()).containsKey("silentForSeconds");
    }

    @Test
    void find_a_loop_dead_that_begins_nothing_any_more() {
        process.takeAllThreads();

        await().until(() -> loop.call().getStatus() == Status.DOWN);
    }

    @Test
    void find_a_process_alive_but_not_ready_that_was_asked_to_stop() throws Exception {
        var ready = new ShutdownReadiness(process.underWay());
        assertThat(ready.call().getStatus()).isEqualTo(Status.UP);

        process.terminate();
        Thread.sleep(LONGEST.plusMillis(500).toMillis());

        assertThat(ready.call().getStatus()).isEqualTo(Status.DOWN);
        assertThat(loop.call().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void show_open_circuits_and_fail_for_none() {
        var circuits = new CircuitStates();
        circuits.changed(new CircuitStateChanged("source of triage", false));
        circuits.changed(new CircuitStateChanged("model mock-1", true));

        assertThat(circuits.call().getStatus()).isEqualTo(Status.UP);
        assertThat(circuits.call().getData().orElseThrow())
                .isEqualTo(Map.of("source of triage", "closed", "model mock-1", "open"));
    }
}
