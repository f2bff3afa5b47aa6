package dev.drydock.alert.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParseException;
import com.slack.api.SlackConfig;
import com.slack.api.util.json.GsonFactory;
import com.slack.api.webhook.Payload;
import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.journal.Notification;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SlackAlertsTest {

    @RegisterExtension
    static final Receiver SLACK = new Receiver();

    private final SlackAlerts slack = new SlackAlerts(SLACK.config(), SLACK.targets);

    @Test
    void tells_each_turn_in_a_message_that_slack_reads() throws Exception {
        assertThat(slack.send(Notifications.at(Notification.Type.OPENED))).isEqualTo("Slack answered 202");
        assertThat(SLACK.last().getUrl()).isEqualTo("/services/T/B/" + Receiver.CANARY);
        assertThat(message()).isEqualTo("""
                        *CRITICAL: skipped-cycles of triage*
                        no cycle for 2 h &lt;!channel&gt; &amp; "co" Bcc: all@example.com \uD83D\uDE31
                        last completed: 23:00
                        &lt;https://evil.example|click&gt;
                        <https://example.com/alerts?page=1&amp;rule=skipped#skipped-cycles|Runbook>""");
        slack.send(Notifications.at(Notification.Type.ESCALATED));
        assertThat(message()).startsWith("*Still CRITICAL: skipped-cycles of triage*\n");
        slack.send(Notifications.at(Notification.Type.RESOLVED));
        assertThat(message()).startsWith("*Resolved: skipped-cycles of triage*\n");
        slack.send(Notifications.at(Notification.Type.TEST));
        assertThat(message()).startsWith("*Test: skipped-cycles of triage*\n");
        slack.send(Notifications.ofTheProcess());
        assertThat(message()).startsWith("*WARNING: skipped-cycles*\nthe database is away\n");
    }

    @Test
    void is_read_by_a_client_that_refuses_what_it_does_not_know() {
        assertThat(read("{\"text\": \"x\"}").getText()).isEqualTo("x");
        assertThatThrownBy(() -> read("{\"text\": \"x\", \"colour\": \"red\"}")).isInstanceOf(JsonParseException.class);
    }

    @Test
    void wants_warnings_too() {
        assertThat(slack.wants(Severity.WARNING)).isTrue();
    }

    private static String message() {
        return read(SLACK.last().getBodyAsString()).getText();
    }

    /** As Slack's own client reads it. */
    private static Payload read(String body) {
        var strict = new SlackConfig();
        strict.setFailOnUnknownProperties(true);
        return GsonFactory.createSnakeCase(strict).fromJson(body, Payload.class);
    }
}
