package dev.drydock.alert;

import dev.drydock.config.RegisteredAgent;
import java.util.Optional;

/** A rule about the state that an agent is in. */
public interface AgentRule extends Rule {

    /**
     * What is wrong with the agent now; empty if nothing is, or if it is too soon to tell. Called once a minute and after
     * cycles, by each process, so it only reads. While the database is away, its faults are passed over.
     */
    Optional<Finding> look(RegisteredAgent<?, ?> agent);
}
