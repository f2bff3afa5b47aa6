package dev.drydock.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drydock.concurrent.BreakableTasks;
import dev.drydock.concurrent.CircuitBreakers.CircuitStateChanged;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.core.ConditionFactory;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What probes are answered. */
@Execution(ExecutionMode.CONCURRENT)
class ProbesTest {

    private static final Duration LONGEST = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final BreakableTasks process = new BreakableTasks();
    private final AtomicReference<List<String>> deadJobs = new AtomicReference<>(List.of());
    private final HealthCheck scheduler = new SchedulerLiveness(process.tasks(), deadJobs::get, LONGEST);

    @AfterEach
    void close() {
        process.close();
    }

    @Test
    void find_a_process_alive_whose_tasks_run() throws Exception {
        Thread.sleep(LONGEST.plusMillis(500).toMillis());

        patient().until(() -> scheduler.call().getStatus() == Status.UP);
    }

    @Test
    void find_a_process_dead_whose_timer_stopped() {
        process.stop();

        patient().until(() -> scheduler.call().getStatus() == Status.DOWN);
        assertThat(scheduler.call().getData().orElseThrow()).containsKey("short task");
    }

    @Test
    void find_a_process_dead_whose_tasks_find_no_thread() {
        process.takeAllThreads();

        patient().until(() -> scheduler.call().getStatus() == Status.DOWN);
    }

    @Test
    void name_the_one_task_that_ends_with_an_error_each_time() {
        process.addFailing("broken task", StackOverflowError::new);

        patient()
                .untilAsserted(() -> assertThat(scheduler.call().getData())
                        .hasValueSatisfying(data -> assertThat(data).containsOnlyKeys("broken task")));
        assertThat(scheduler.call().getStatus()).isEqualTo(Status.DOWN);
    }

    @Test
    void find_a_task_alive_that_fails_with_an_exception_and_runs_again() throws Exception {
        process.addFailing("failing task", IllegalStateException::new);
        Thread.sleep(LONGEST.plusMillis(500).toMillis());

        patient().until(() -> scheduler.call().getStatus() == Status.UP);
    }

    @Test
    void name_the_agent_whose_job_is_dead() {
        deadJobs.set(List.of("triage"));

        assertThat(scheduler.call().getStatus()).isEqualTo(Status.DOWN);
        assertThat(scheduler.call().getData().orElseThrow()).containsOnlyKeys("cycle of triage");
    }

    @Test
    void find_a_process_alive_but_not_ready_that_was_asked_to_stop() throws Exception {
        var ready = HealthChecks.stopping(process.underWay());
        assertThat(ready.call().getStatus()).isEqualTo(Status.UP);

        process.terminate();
        Thread.sleep(LONGEST.plusMillis(500).toMillis());

        assertThat(ready.call().getStatus()).isEqualTo(Status.DOWN);
        patient().until(() -> scheduler.call().getStatus() == Status.UP);
    }

    @Test
    void show_open_circuits_and_fail_for_none() {
        var circuits = new CircuitStatus(new SimpleMeterRegistry());
        circuits.changed(new CircuitStateChanged("source of triage", false));
        circuits.changed(new CircuitStateChanged("model mock-1", true));

        assertThat(circuits.call().getStatus()).isEqualTo(Status.UP);
        assertThat(circuits.call().getData().orElseThrow())
                .isEqualTo(Map.of("source of triage", "closed", "model mock-1", "open"));
    }

    /** Whatever other tests, which run beside these, leave uncaught. */
    private static ConditionFactory patient() {
        return await().dontCatchUncaughtExceptions().atMost(PATIENCE);
    }
}
