package dev.drydock.alert.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.drydock.Servers;
import dev.drydock.TestSettings;
import dev.drydock.alert.channel.AlertChannel.RefusedException;
import dev.drydock.config.DrydockConfig;
import dev.drydock.journal.Notification;
import io.quarkus.mailer.reactive.ReactiveMailer;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Servers.class)
class MailAlertsTest {

    @Inject
    DrydockConfig config;

    @Inject
    ReactiveMailer mailer;

    @Inject
    Vertx vertx;

    @MailServer.Inject
    MailServer server;

    private MailAlerts mail;

    @BeforeEach
    void openTheServerAnew() {
        mail = new MailAlerts(config, mailer, vertx, Duration.ofMinutes(1)); // longer than a busy machine ever takes
        server.close();
        server.open();
    }

    @Test
    void tells_each_turn_in_a_mail_of_one_thread() throws Exception {
        for (var type : Notification.Type.values()) {
            assertThat(mail.send(Notifications.at(type))).isEqualTo("accepted by the mail server");
        }

        var received = server.mails().getReceivedMessages();
        assertThat(received).hasSize(2 * Notification.Type.values().length); // two read them
        assertThat(received)
                .extracting(message -> message.getHeader("References", null))
                .containsOnly("<" + Notifications.ID + "@drydock>");
        assertThat(received)
                .extracting(MimeMessage::getSubject)
                .extracting(subject -> subject.replaceFirst(": no cycle.*", ""))
                .containsOnly(
                        "[Drydock] CRITICAL: skipped-cycles of triage",
                        "[Drydock] Still CRITICAL: skipped-cycles of triage",
                        "[Drydock] Resolved: skipped-cycles of triage",
                        "[Drydock] Test: skipped-cycles of triage");
    }

    @Test
    void lets_no_summary_add_a_header() throws Exception {
        mail.send(Notifications.at(Notification.Type.OPENED));

        var message = server.mails().getReceivedMessages()[0];
        assertThat(message.getSubject()).contains("& \"co\" Bcc: all@example.com");
        assertThat(message.getHeader("Bcc")).isNull();
        assertThat(message.getRecipients(RecipientType.TO))
                .extracting(Object::toString)
                .containsExactly("night@example.com", "day@example.com");
        assertThat(message.getFrom()).extracting(Object::toString).containsExactly("drydock@example.com");
        assertThat(message.getHeader("Auto-Submitted", null)).isEqualTo("auto-generated");
        assertThat(message.getContent().toString().replace("\r\n", "\n"))
                .contains(Notifications.DETAILS)
                .contains("Since 2026-11-23T01:00:07Z")
                .contains("Runbook: " + Notifications.RUNBOOK);
    }

    @Test
    void is_refused_for_good_where_the_server_says_so() throws Exception {
        try (var failing = server.closeAndAnswer("550 no " + Receiver.CANARY + " here")) {
            assertThat(catchThrowable(() -> mail.send(Notifications.at(Notification.Type.OPENED))))
                    .isInstanceOf(RefusedException.class)
                    .hasMessage("the mail server answered 550")
                    .hasNoCause();
        }
    }

    @Test
    void may_be_tried_again_where_the_server_is_busy_silent_or_unavailable() throws Exception {
        try (var busy = server.closeAndAnswer("451 not now, " + Receiver.CANARY)) {
            assertThatMayBeTriedAgain(mail, "SMTPException");
        }
        try (var silent = server.closeAndAnswer("")) {
            assertThatMayBeTriedAgain(impatient(), "TimeoutException");
        }
        assertThatMayBeTriedAgain(mail, "ConnectException");
        server.open();
        mail.send(Notifications.at(Notification.Type.OPENED));
        assertThat(server.mails().getReceivedMessages()).isNotEmpty();
    }

    @Test
    void is_off_unless_somebody_is_to_have_mail() {
        assertThat(mail.isOn()).isTrue();
        assertThat(new MailAlerts(TestSettings.of(Map.of()), mailer, vertx).isOn())
                .isFalse();
    }

    private MailAlerts impatient() {
        return new MailAlerts(config, mailer, vertx, Duration.ofMillis(300));
    }

    private static void assertThatMayBeTriedAgain(MailAlerts channel, String why) {
        assertThat(catchThrowable(() -> channel.send(Notifications.at(Notification.Type.OPENED))))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("(" + why + ")")
                .hasMessageNotContaining(Receiver.CANARY)
                .hasNoCause();
    }
}
