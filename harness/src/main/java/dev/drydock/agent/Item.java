package dev.drydock.agent;

/** Something an agent reads and decides about: a message, a document, a day's batch. Best a record. */
public interface Item {

    /** Which thing this is, unique within the agent and the same each time it is read: a path, a message id. */
    String id();

    /**
     * Which state of the thing this is: a hash, a revision, a time of change. The same id with another version is decided
     * anew; without versions of its own, a thing is decided once for all.
     */
    default String version() {
        return "1";
    }
}
