package dev.drydock.alert;

import static dev.drydock.journal.Notification.Type.ESCALATED;
import static dev.drydock.journal.Notification.Type.OPENED;
import static dev.drydock.journal.Notification.Type.RESOLVED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.drydock.MovableClock;
import dev.drydock.alert.AlertRule.Finding;
import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.journal.Notification;
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
    private record Whim(String name, Severity severity) implements AlertRule {}

    @Inject
    AlertLifecycle alerts;

    @Inject
    SendAlerts send;

    @Inject
    Recorder recorder;

    @Inject
    SentAlerts sent;

    @Inject
    MovableClock clock;

    private final AlertRule rule = new Whim("whim-" + UUID.randomUUID(), Severity.WARNING);

    @AfterEach
    void mend() {
        recorder.broken = false;
    }

    @Test
    void says_what_happened_since_when_what_was_done_and_what_to_look_at() {
        alerts.raise(rule, "agent", FINDING);
        sendAndAwait(1);

        assertThat(received()).singleElement().satisfies(notification -> {
            assertThat(notification.summary()).isEqualTo("It is broken");
            assertThat(notification.details())
                    .contains(
                            "Since " + notification.openedAt().truncatedTo(ChronoUnit.SECONDS),
                            "It was tried again.",
                            "Next: look at it.");
            assertThat(notification.agent()).isEqualTo("agent");
            assertThat(notification.runbook()).hasToString("docs/alerts.md#" + rule.name());
        });
    }

    @Test
    void is_opened_once_and_resolved_once_however_often_it_is_said() {
        alerts.raise(rule, "agent", FINDING);
        alerts.raise(rule, "agent", FINDING);
        alerts.clear(rule, "agent");
        alerts.clear(rule, "agent");

        assertThat(sent.types(rule.name(), "agent")).containsExactly(OPENED, RESOLVED);
    }

    @Test
    void is_not_repeated_while_it_cools_down() {
        alerts.raise(rule, "agent", FINDING);
        alerts.clear(rule, "agent");
        alerts.raise(rule, "agent", FINDING);
        assertThat(sent.types(rule.name(), "agent")).containsExactly(OPENED, RESOLVED);

        clock.advance(Duration.ofMinutes(16));
        alerts.raise(rule, "agent", FINDING);
        assertThat(sent.types(rule.name(), "agent")).containsExactly(OPENED, RESOLVED, OPENED);
    }

    @Test
    void is_escalated_once_if_it_lasts() {
        alerts.raise(rule, "agent", FINDING);
        clock.advance(Duration.ofMinutes(239));
        alerts.raise(rule, "agent", FINDING);
        assertThat(sent.types(rule.name(), "agent")).containsExactly(OPENED);

        clock.advance(Duration.ofMinutes(2));
        alerts.raise(rule, "agent", FINDING);
        alerts.raise(rule, "agent", FINDING);
        alerts.clear(rule, "agent");
        sendAndAwait(3);

        assertThat(received()).extracting(Notification::type).containsExactly(OPENED, ESCALATED, RESOLVED);
        assertThat(received())
                .extracting(Notification::severity)
                .containsExactly(Severity.WARNING, Severity.CRITICAL, Severity.CRITICAL);
        assertThat(received())
                .extracting(Notification::alertId)
                .containsOnly(received().get(0).alertId());
    }

    @Test
    void reaches_a_channel_once_that_was_down_for_five_minutes() {
        recorder.broken = true;
        alerts.raise(rule, "one", FINDING);
        alerts.raise(rule, "other", FINDING);
        for (int minute = 0; minute < 5; minute++) {
            send.sendDue();
            clock.advance(Duration.ofMinutes(1));
        }
        alerts.clear(rule, "one");
        assertThat(received()).isEmpty();

        recorder.broken = false;
        clock.advance(Duration.ofMinutes(5));
        sendAndAwait(3);

        assertThat(received())
                .extracting(Notification::agent, Notification::type)
                .containsExactlyInAnyOrder(tuple("one", OPENED), tuple("one", RESOLVED), tuple("other", OPENED));
        assertThat(received().stream().filter(notification -> "one".equals(notification.agent())))
                .extracting(Notification::type)
                .containsExactly(OPENED, RESOLVED);
    }

    /** A timer of the application sends, too, and may be at it. */
    private void sendAndAwait(int notices) {
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            send.sendDue();
            assertThat(received()).hasSizeGreaterThanOrEqualTo(notices);
        });
    }

    private List<Notification> received() {
        return recorder.notices.stream()
                .filter(notification -> notification.rule().equals(rule.name()))
                .toList();
    }
}
