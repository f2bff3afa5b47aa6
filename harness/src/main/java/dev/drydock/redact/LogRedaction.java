package dev.drydock.redact;

import io.quarkus.logging.LoggingFilter;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.util.Collections;
import java.util.logging.Filter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.stream.Stream;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.LogContext;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Masks secrets and personal data in each log line, whoever writes it and whichever handler it goes to: console, file, syslog
 * or one that the owner has named. What was thrown while an agent was at work is
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
            var loggers = LogContext.getLogContext();
            Stream.concat(Stream.of(""), Collections.list(loggers.getLoggerNames()).stream())
                    .map(loggers::getLogger)
                    .flatMap(logger -> Stream.of(logger.getHandlers()))
                    .forEach(Start::mask);
        }

        /** Adds this filter before the handler's own, there and in those that it passes lines on to. */
        private static void mask(Handler handler) {
            var own = handler.getFilter();
            if (!(own instanceof LogRedaction)) {
                handler.setFilter(new LogRedaction(own));
            }
            if (handler instanceof ExtHandler outer) {
                Stream.of(outer.getHandlers()).forEach(Start::mask);
            }
        }
    }

    private final @Nullable Filter own;

    /** Masks only. */
    public LogRedaction() {
        this(null);
    }

    private LogRedaction(@Nullable Filter own) {
        this.own = own;
    }

    @Override
    public boolean isLoggable(LogRecord line) {
        mask(line);
        return own == null || own.isLoggable(line);
    }

    private static void mask(LogRecord line) {
        var masks = redactor;
        if (masks == null || !(line instanceof ExtLogRecord record)) {
            return;
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
