package dev.drydock.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.MovableClock;
import dev.drydock.database.Database;
import dev.drydock.journal.OtherProcess;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Two processes that use one account. */
@QuarkusTest
class SharedAccountTest {

    @Inject
    OtherProcess other;

    @Inject
    MovableClock clock;

    private final String key = "model " + Database.newId();

    @Test
    void neither_calls_before_the_time_that_the_server_named_to_one() throws InterruptedException {
        var ours = process();
        var theirs = process();
        theirs.account.heedRefusals();
        clock.advance(Duration.ofSeconds(1));

        var call = ours.limit.acquire(Duration.ZERO, false).orElseThrow();
        call.refused(Optional.of(Duration.ofMinutes(1)));
        ours.account.refused();
        theirs.account.heedRefusals();

        assertThat(theirs.limit.acquire(Duration.ZERO, false)).isEmpty();
        assertThat(theirs.limit.state().pause()).isGreaterThan(Duration.ofSeconds(50));
        assertThat(theirs.limit.state().limited()).isTrue();
    }

    @RepeatedTest(10)
    void a_process_learns_once_from_its_own_refusal() throws InterruptedException {
        var ours = process();
        ours.limit.acquire(Duration.ZERO, false).orElseThrow().refused(Optional.of(Duration.ofMinutes(1)));
        ours.account.refused();
        var pause = ours.limit.state().pause();

        clock.advance(Duration.ofSeconds(1));
        ours.account.heedRefusals();

        assertThat(ours.limit.state().pause()).isLessThanOrEqualTo(pause);
    }

    @Test
    void one_begins_with_a_single_call_while_the_other_finds_out_how_many_the_server_takes() {
        var first = process();
        var second = process();

        first.account.begin();
        second.account.begin();

        assertThat(first.limit.state().limit()).isEqualTo(8);
        assertThat(second.limit.state().limit()).isEqualTo(1);
    }

    private record Caller(AdaptiveLimit limit, SharedAccount account) {}

    private Caller process() {
        var limit = new AdaptiveLimit(8, 64, System::nanoTime, new Random());
        return new Caller(limit, new SharedAccount(limit, key, other.pauses(), clock));
    }
}
