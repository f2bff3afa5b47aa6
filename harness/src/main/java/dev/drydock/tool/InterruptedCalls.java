package dev.drydock.tool;

import dev.drydock.journal.DeferredWrites;
import dev.drydock.journal.SideEffectJournal;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Tool calls that were begun in a run that has ended since: nobody knows whether they were made. */
@Singleton
public class InterruptedCalls {

    private static final Logger LOG = Logger.getLogger(InterruptedCalls.class);

    private final SideEffectJournal journal;
    private final DeferredWrites writes;

    InterruptedCalls(SideEffectJournal journal, DeferredWrites writes) {
        this.journal = journal;
        this.writes = writes;
    }

    /** Holds their entries for a person. Called before a run of the agent decides, while no other runs. */
    public void hold(String agent, UUID runId) {
        writes.flush(); // how they ended may only wait for the database
        var held = journal.holdInterrupted(agent, runId);
        if (held > 0) {
            LOG.errorf(
                    "%d entries of agent %s are HELD: a tool call was interrupted, and it is not known whether it was made",
                    held, agent);
        }
    }
}
