package dev.drydock.alert.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.journal.Notification;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;

class LogAlertsTest {

    private final LogAlerts log = new LogAlerts();

    @Test
    void writes_one_line_for_each_turn_as_loud_as_the_alert() {
        try (var lines = new Lines()) {
            log.send(Notifications.at(Notification.Type.OPENED));
            log.send(Notifications.at(Notification.Type.ESCALATED, Severity.WARNING, "it lasts"));
            log.send(Notifications.at(Notification.Type.RESOLVED, Severity.CRITICAL, "it is over"));
            log.send(Notifications.ofTheProcess());

            assertThat(lines.written)
                    .containsExactly(
                            "ERROR Alert CRITICAL: skipped-cycles of triage: no cycle for 2 h <!channel> & \"co\""
                                    + " Bcc: all@example.com \uD83D\uDE31; see " + Notifications.RUNBOOK,
                            "WARN Alert Still WARNING: skipped-cycles of triage: it lasts; see "
                                    + Notifications.RUNBOOK,
                            "INFO Alert Resolved: skipped-cycles of triage: it is over; see " + Notifications.RUNBOOK,
                            "WARN Alert WARNING: skipped-cycles: the database is away; see " + Notifications.RUNBOOK);
        }
    }

    @Test
    void is_always_on_and_wants_everything() {
        assertThat(log.isOn()).isTrue();
        assertThat(log.wants(Severity.WARNING)).isTrue();
    }

    /** What is logged, with its level. */
    private static final class Lines extends Handler implements AutoCloseable {

        private static final Logger ALERTS = Logger.getLogger("dev.drydock.alerts");

        final List<String> written = new CopyOnWriteArrayList<>();

        Lines() {
            setLevel(Level.ALL);
            ALERTS.addHandler(this);
        }

        @Override
        public void publish(LogRecord line) {
            written.add(line.getLevel() + " " + new PatternFormatter("%s").formatMessage(ExtLogRecord.wrap(line)));
        }

        @Override
        public void flush() {
            // nothing is held back
        }

        @Override
        public void close() {
            ALERTS.removeHandler(this);
        }
    }
}
