package dev.drydock.console.page;

import dev.drydock.redact.LogRedaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.LogContext;
import org.jboss.logmanager.formatters.PatternFormatter;

/** The last log lines of the last runs of this process, masked as the log is. */
@Singleton
public class RunLog {

    static final int LINES = 200;
    static final int RUNS = 50;

    private static final PatternFormatter MESSAGE = new PatternFormatter("%s");

    /** One line. */
    public record Line(Instant at, String level, String logger, String message) {}

    private final Map<String, Deque<Line>> byRun = new LinkedHashMap<>();
    private final ExtHandler handler = new Keep();

    void begin(@Observes StartupEvent event) {
        handler.setFilter(new LogRedaction());
        handler.setLevel(Level.ALL);
        LogContext.getLogContext().getLogger("").addHandler(handler);
    }

    void end(@Observes ShutdownEvent event) {
        LogContext.getLogContext().getLogger("").removeHandler(handler);
    }

    /** The oldest first; empty if the run was another process', or is too long ago. */
    public Optional<List<Line>> of(UUID runId) {
        synchronized (byRun) {
            return Optional.ofNullable(byRun.get(runId.toString())).map(List::copyOf);
        }
    }

    private void keep(String runId, Line line) {
        synchronized (byRun) {
            var lines = byRun.computeIfAbsent(runId, unused -> new ArrayDeque<>());
            lines.addLast(line);
            if (lines.size() > LINES) {
                lines.removeFirst();
            }
            if (byRun.size() > RUNS) {
                byRun.remove(byRun.keySet().iterator().next());
            }
        }
    }

    private final class Keep extends ExtHandler {

        @Override
        protected void doPublish(ExtLogRecord line) {
            var runId = line.getMdc("runId");
            if (runId != null) {
                var logger = line.getLoggerName();
                keep(
                        runId,
                        new Line(
                                line.getInstant(),
                                line.getLevel().getName(),
                                logger.substring(logger.lastIndexOf('.') + 1),
                                MESSAGE.format(line).strip()));
            }
        }
    }
}
