package dev.drydock.alert.channel;

import dev.drydock.journal.Notice;
import dev.drydock.journal.Severity;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** The log, which is always on: one line for each turn of an alert. */
@Singleton
class LogAlerts implements AlertChannel {

    private static final Logger LOG = Logger.getLogger("dev.drydock.alerts");

    @Override
    public String name() {
        return "log";
    }

    @Override
    public boolean isOn() {
        return true;
    }

    @Override
    public String send(Notice notice) {
        LOG.logf(
                level(notice),
                "Alert %s: %s; see %s",
                Wording.heading(notice),
                Wording.oneLine(notice.summary()),
                notice.runbook());
        return "logged";
    }

    private static Logger.Level level(Notice notice) {
        if (notice.turn() == Notice.Turn.RESOLVED) {
            return Logger.Level.INFO;
        }
        return notice.severity() == Severity.CRITICAL ? Logger.Level.ERROR : Logger.Level.WARN;
    }
}
