package dev.drydock.run;

import dev.drydock.config.RegisteredAgent;
import java.util.Locale;
import java.util.UUID;
import org.jboss.logging.MDC;

/** Puts {@code runId}, {@code agent}, {@code mode} and {@code traceId} on each log line of a cycle. */
final class RunLogContext implements AutoCloseable {

    private RunLogContext() {}

    static RunLogContext of(UUID runId, RegisteredAgent<?, ?> agent, String traceId) {
        MDC.put("runId", runId.toString());
        MDC.put("traceId", traceId);
        MDC.put("agent", agent.name());
        MDC.put("mode", agent.settings().mode().name().toLowerCase(Locale.ROOT));
        return new RunLogContext();
    }

    @Override
    public void close() {
        MDC.remove("runId");
        MDC.remove("traceId");
        MDC.remove("agent");
        MDC.remove("mode");
    }
}
