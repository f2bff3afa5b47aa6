package dev.drydock.alert;

import static dev.drydock.journal.Notice.Turn.ESCALATED;
import static dev.drydock.journal.Notice.Turn.OPENED;
import static dev.drydock.journal.Notice.Turn.RESOLVED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.drydock.MovableClock;
import dev.drydock.journal.Notice;
import dev.drydock.journal.Severity;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** From the first word of an alert to the last. */
@QuarkusTest
class AlertLifeTest {

    private static final Finding FINDING = new Finding("It is broken", "It was tried again.", "look at it.");

    /** A rule that says what a test wants. */
    private record Whim(String name, Severity severity) implements Rule {}

    @Inject
    AlertLifecycle book;

    @Inject
    SendNotices send;

    @Inject
    Recorder recorder;

    @Inject
    Told told;

    @Inject
    MovableClock clock;

    private final Rule rule = new Whim("whim-" + UUID.randomUUID(), Severity.WARNING);

    @AfterEach
    void mend() {
        recorder.broken = false;
    }

    @Test
    void says_what_happened_since_when_what_was_done_and_what_to_look_at() {
        book.raise(rule, "agent", FINDING);
        sendAndAwait(1);

        assertThat(received()).singleElement().satisfies(notice -> {
            assertThat(notice.summary()).isEqualTo("It is broken");
            assertThat(notice.details())
                    .contains(
                            "Since " + notice.openedAt().truncatedTo(ChronoUnit.SECONDS),
                            "It was tried again.",
                            "Next: look at it.");
            assertThat(notice.agent()).isEqualTo("agent");
            assertThat(notice.runbook()).hasToString("docs/alerts.md#" + rule.name());
        });
    }

    @Test
    void is_opened_once_and_resolved_once_however_often_it_is_said() {
        book.raise(rule, "agent", FINDING);
        book.raise(rule, "agent", FINDING);
        book.clear(rule, "agent");
        book.clear(rule, "agent");

        assertThat(told.turns(rule.name(), "agent")).containsExactly(OPENED, RESOLVED);
    }

    @Test
    void is_not_repeated_while_it_cools_down() {
        book.raise(rule, "agent", FINDING);
        book.clear(rule, "agent");
        book.raise(rule, "agent", FINDING);
        assertThat(told.turns(rule.name(), "agent")).containsExactly(OPENED, RESOLVED);

        clock.advance(Duration.ofMinutes(16));
        book.raise(rule, "agent", FINDING);
        assertThat(told.turns(rule.name(), "agent")).containsExactly(OPENED, RESOLVED, OPENED);
    }

    @Test
    void is_escalated_once_if_it_lasts() {
        book.raise(rule, "agent", FINDING);
        clock.advance(Duration.ofMinutes(239));
        book.raise(rule, "agent", FINDING);
        assertThat(told.turns(rule.name(), "agent")).containsExactly(OPENED);

        clock.advance(Duration.ofMinutes(2));
        book.raise(rule, "agent", FINDING);
        book.raise(rule, "agent", FINDING);
        book.clear(rule, "agent");
        sendAndAwait(3);

        assertThat(received()).extracting(Notice::turn).containsExactly(OPENED, ESCALATED, RESOLVED);
        assertThat(received())
                .extracting(Notice::severity)
                .containsExactly(Severity.WARNING, Severity.CRITICAL, Severity.CRITICAL);
        assertThat(received())
                .extracting(Notice::alertId)
                .containsOnly(received().get(0).alertId());
    }

    @Test
    void reaches_a_channel_once_that_was_down_for_five_minutes() {
        recorder.broken = true;
        book.raise(rule, "one", FINDING);
        book.raise(rule, "other", FINDING);
        for (int minute = 0; minute < 5; minute++) {
            send.sendDue();
            clock.advance(Duration.ofMinutes(1));
        }
        book.clear(rule, "one");
        assertThat(received()).isEmpty();

        recorder.broken = false;
        clock.advance(Duration.ofMinutes(5));
        sendAndAwait(3);

        assertThat(received())
                .extracting(Notice::agent, Notice::turn)
                .containsExactlyInAnyOrder(tuple("one", OPENED), tuple("one", RESOLVED), tuple("other", OPENED));
        assertThat(received().stream().filter(notice -> "one".equals(notice.agent())))
                .extracting(Notice::turn)
                .containsExactly(OPENED, RESOLVED);
    }

    /** A timer of the application sends, too, and may be at it. */
    private void sendAndAwait(int notices) {
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            send.sendDue();
            assertThat(received()).hasSizeGreaterThanOrEqualTo(notices);
        });
    }

    private List<Notice> received() {
        return recorder.notices.stream()
                .filter(notice -> notice.rule().equals(rule.name()))
                .toList();
    }
}
