package dev.drydock.alert;

import java.util.Optional;

/** A rule about a state that concerns all agents. */
public interface ProcessRule extends Rule {

    /** As {@link AgentRule#look}, once for all agents. */
    Optional<Finding> look();
}
