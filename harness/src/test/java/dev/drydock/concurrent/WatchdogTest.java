package dev.drydock.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drydock.TestSettings;
import dev.drydock.concurrent.Watchdog.HaltProcess;
import io.quarkus.runtime.StartupEvent;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Work that makes progress, and work that does not. */
@Execution(ExecutionMode.CONCURRENT)
class WatchdogTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final BreakableTasks process = new BreakableTasks();
    private final Queue<Integer> exits = new ConcurrentLinkedQueue<>();
    private final Queue<String> stuck = new ConcurrentLinkedQueue<>();
    private final Watchdog watchdog =
            new Watchdog(TestSettings.of(Map.of("drydock.stuck.grace", "1s")), new HaltProcess() {
                @Override
                public void halt(int exitCode) {
                    exits.add(exitCode);
                }
            });

    @BeforeEach
    void start() {
        watchdog.start(new StartupEvent(), process.tasks());
    }

    @AfterEach
    void close() {
        process.close();
    }

    @Test
    void is_interrupted_when_it_makes_no_progress() throws Exception {
        var worker = Executors.newSingleThreadExecutor();
        var ended = worker.submit(() -> {
            try (var watch = watchdog.watch("work", LIMIT, () -> stuck.add("work"))) {
                new CountDownLatch(1).await();
                return "not reached";
            } catch (InterruptedException e) {
                return "interrupted";
            }
        });

        assertThat(ended.get()).isEqualTo("interrupted");
        assertThat(stuck).containsExactly("work");
        assertThat(exits).isEmpty();
        worker.shutdown();
    }

    @Test
    void ends_the_process_when_it_cannot_be_interrupted() throws Exception {
        var goOn = new CountDownLatch(1);
        var worker = new Thread(() -> {
            try (var watch = watchdog.watch("work", LIMIT, () -> stuck.add("work"))) {
                while (goOn.getCount() > 0) {
                    Watchdog.progressed(); // what was interrupted has to end, whatever it does
                    awaitIgnoringInterrupts(goOn);
                }
            }
        });
        worker.start();

        await().atMost(LONG).until(() -> exits.contains(HaltProcess.STUCK));
        goOn.countDown();
        worker.join();
        assertThat(stuck).containsExactly("work");
        assertThat(watchdog.isPowerless()).isFalse();
    }

    @Test
    void is_left_to_run_while_its_tasks_make_progress() throws Exception {
        try (var watch = watchdog.watch("work", LIMIT, () -> stuck.add("work"))) {
            var tasks = new Threads(Executors.newCachedThreadPool()).bounded(1);
            for (int part = 0; part < 8; part++) {
                tasks.run(() -> {
                    sleep(LIMIT.dividedBy(4));
                    Watchdog.progressed();
                });
            }
            tasks.awaitAll();
        }

        assertThat(stuck).isEmpty();
    }

    private static void awaitIgnoringInterrupts(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            // goes on, as a call into native code would
        }
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
