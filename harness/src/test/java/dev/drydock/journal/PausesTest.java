package dev.drydock.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.MovableClock;
import dev.drydock.database.Database;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PausesTest {

    @Inject
    Jdbi jdbi;

    @Inject
    MovableClock clock;

    private final String key = "target " + Database.newId();

    private Pauses ours;
    private Pauses theirs;
    private Instant now;

    @BeforeEach
    void start_two_processes() {
        ours = new Pauses(jdbi, clock);
        theirs = new Pauses(jdbi, clock);
        now = clock.instant().truncatedTo(ChronoUnit.MICROS); // as precise as the database
    }

    @Test
    void a_pause_is_known_to_all_processes_until_it_ends() {
        ours.extend(key, now.plusSeconds(60));

        assertThat(ours.until(key)).contains(now.plusSeconds(60));
        assertThat(theirs.until(key)).contains(now.plusSeconds(60));
        clock.advance(Duration.ofMinutes(2));
        assertThat(ours.until(key)).isEmpty();
        assertThat(theirs.until(key)).isEmpty();
    }

    @Test
    void a_pause_is_never_shortened() {
        ours.extend(key, now.plusSeconds(60));
        theirs.extend(key, now.plusSeconds(1));
        ours.extend(key, now.plusSeconds(1));

        assertThat(ours.until(key)).contains(now.plusSeconds(60));
        assertThat(theirs.until(key)).contains(now.plusSeconds(60));
    }

    @Test
    void a_pause_of_another_process_is_known_within_a_second() {
        assertThat(theirs.until(key)).isEmpty();
        ours.extend(key, now.plusSeconds(60));
        clock.advance(Duration.ofSeconds(1));

        assertThat(theirs.until(key)).contains(now.plusSeconds(60));
    }

    @Test
    void of_several_processes_one_begins_a_pause() {
        assertThat(ours.begin(key, Duration.ofSeconds(10))).isTrue();
        assertThat(theirs.begin(key, Duration.ofSeconds(10))).isFalse();
        clock.advance(Duration.ofSeconds(10));

        assertThat(theirs.begin(key, Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void one_of_two_processes_takes_each_turn() {
        assertThat(ours.take(key, Duration.ofSeconds(60))).isEmpty();
        assertThat(theirs.take(key, Duration.ofSeconds(60)).orElseThrow()).isAfterOrEqualTo(now.plusSeconds(60));
        clock.advance(Duration.ofMinutes(2));

        assertThat(theirs.take(key, Duration.ofSeconds(60))).isEmpty();
        assertThat(ours.take(key, Duration.ofSeconds(60))).isPresent();
    }

    @Test
    void no_turn_comes_during_a_pause() {
        ours.extend(key, now.plusSeconds(60));

        assertThat(theirs.take(key, Duration.ofSeconds(1))).contains(now.plusSeconds(60));
    }
}
