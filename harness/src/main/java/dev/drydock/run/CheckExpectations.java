package dev.drydock.run;

import dev.drydock.agent.Expectation;
import dev.drydock.agent.Expectation.Figures;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.UnjudgedOutputs;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Holds a run whose steps are done to what its agent expects of a good one, and releases its outputs or leaves them HELD. */
@Singleton
class CheckExpectations {

    private static final Logger LOG = Logger.getLogger(CheckExpectations.class);

    private final UnjudgedOutputs outputs;

    CheckExpectations(UnjudgedOutputs outputs) {
        this.outputs = outputs;
    }

    /**
     * Judges the run. Called once, when all is decided that it decides, before it delivers.
     *
     * @param left entries that it leaves to the next run
     * @return every broken expectation; empty if there is none
     */
    Optional<String> broken(RegisteredAgent<?, ?> agent, UUID runId, int left) {
        var name = agent.name();
        var broken = agent.spec().expectations().isEmpty() ? "" : broken(agent, outputs.figures(name, left));
        if (broken.isEmpty()) {
            outputs.release(name, runId); // also what waits for an expectation that the agent no longer has
            return Optional.empty();
        }
        outputs.hold(name, runId);
        return Optional.of(broken);
    }

    private static String broken(RegisteredAgent<?, ?> agent, Figures figures) {
        return agent.spec().expectations().stream()
                .flatMap(expectation -> broken(agent.name(), expectation, figures).stream())
                .collect(Collectors.joining("; "));
    }

    private static Optional<String> broken(String agent, Expectation expectation, Figures figures) {
        try {
            return expectation.brokenBy(figures);
        } catch (RuntimeException e) {
            LOG.errorf(e, "An expectation of agent %s failed; it counts as broken", agent);
            return Optional.of("an expectation failed with " + e.getClass().getSimpleName());
        }
    }
}
