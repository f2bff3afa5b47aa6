package dev.drydock.alert.channel;

import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.journal.Notification;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** The log: one line for each notification. Always on. */
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
    public String send(Notification notification) {
        LOG.logf(
                level(notification),
                "Alert %s: %s; see %s",
                AlertText.heading(notification),
                AlertText.oneLine(notification.summary()),
                notification.runbook());
        return "logged";
    }

    private static Logger.Level level(Notification notification) {
        if (notification.type() == Notification.Type.RESOLVED || notification.severity() == Severity.INFO) {
            return Logger.Level.INFO;
        }
        return notification.severity() == Severity.CRITICAL ? Logger.Level.ERROR : Logger.Level.WARN;
    }
}
