package dev.drydock.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.MovableClock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Reports that take long are made by one request in some minutes. */
class KeptReportTest {

    private final MovableClock clock = new MovableClock();
    private final AtomicInteger made = new AtomicInteger();

    @Test
    void is_made_again_when_it_is_old() {
        var report = new KeptReport<>(clock, made::incrementAndGet);

        assertThat(report.get().report()).isEqualTo(1);
        assertThat(report.get().report()).isEqualTo(1);
        clock.advance(Duration.ofMinutes(3));
        assertThat(report.get().report()).isEqualTo(2);
    }

    @Test
    void is_shown_to_others_while_one_makes_it_again() throws Exception {
        var begun = new CountDownLatch(1);
        var finish = new CountDownLatch(1);
        var report = new KeptReport<>(clock, () -> {
            if (made.incrementAndGet() == 2) {
                begun.countDown();
                awaitQuietly(finish);
            }
            return made.get();
        });
        report.get();
        clock.advance(Duration.ofMinutes(3));
        var executor = Executors.newSingleThreadExecutor();
        try {
            var slow = executor.submit(report::get);
            begun.await();

            assertThat(report.get().report()).isEqualTo(1);
            finish.countDown();
            assertThat(slow.get().report()).isEqualTo(2);
        } finally {
            executor.shutdownNow();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
