package dev.drydock.redact;

import io.quarkus.logging.LoggingFilter;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Masks secrets and personal data in each log line, whoever writes it. What was thrown while an agent was at work is
 * logged by its types and frames: its message may quote what the agent has read, and stands in the journal.
 */
@LoggingFilter(name = "redact")
public final class LogRedaction implements Filter {

    private static final ExtFormatter MESSAGE = new PatternFormatter("%s");

    /** Set as soon as the settings are read. */
    private static volatile @Nullable Redactor redactor;

    /** Hands the redactor over; a filter is made before any bean is. */
    @Singleton
    static final class Start {

        private final Redactor redactor;

        Start(Redactor redactor) {
            this.redactor = redactor;
        }

        void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
            LogRedaction.redactor = redactor;
        }
    }

    @Override
    public boolean isLoggable(LogRecord line) {
        var masks = redactor;
        if (masks == null || !(line instanceof ExtLogRecord record)) {
            return true;
        }
        var plain = MESSAGE.formatMessage(record);
        var masked = masks.log(plain);
        if (!masked.equals(plain)) {
            record.setMessage(masked, ExtLogRecord.FormatStyle.NO_FORMAT);
            record.setParameters(null);
        }
        var thrown = record.getThrown();
        if (thrown != null && !(thrown instanceof Silenced)) {
            record.setThrown(new Silenced(thrown, record.getMdc("agent") == null ? masks : null));
        }
        return true;
    }

    /** A throwable with its type and frames, and its message masked or left out. */
    private static final class Silenced extends Throwable {

        private static final long serialVersionUID = 1;

        private final String line;

        private Silenced(Throwable original, @Nullable Redactor redactor) {
            super(null, cause(original, redactor), false, true);
            var message =
                    redactor == null || original.getMessage() == null ? "" : ": " + redactor.log(original.getMessage());
            this.line = original.getClass().getName() + message;
            setStackTrace(original.getStackTrace());
        }

        private static @Nullable Throwable cause(Throwable original, @Nullable Redactor redactor) {
            var cause = original.getCause();
            return cause == null || cause == original ? null : new Silenced(cause, redactor);
        }

        @Override
        @SuppressWarnings("OverrideThrowableToString") // stands for another throwable, by that one's name
        public String toString() {
            return line;
        }
    }
}
