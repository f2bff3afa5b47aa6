package dev.drydock.connect;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Remembers, for all processes, which entries feeds have had. */
public interface FeedMemory {

    /**
     * An entry that was read before.
     *
     * @param id the same for good, also when the entry is edited
     * @param appearedAt when it was published; or if it appeared later than that, when the feed was last read without it
     */
    record Known(String id, Instant appearedAt) {}

    /**
     * What is known of a feed.
     *
     * @param readAt when it was last asked; empty if it has never been read
     * @param entries those that were asked for, by key
     */
    record Feed(Optional<Instant> readAt, Map<String, Known> entries) {}

    Feed recall(UUID feed, Collection<String> keys);

    /** Adds entries by key; those that are known stay as they are. */
    void remember(UUID feed, Instant readAt, Map<String, Known> entries);

    /** Notes that a feed could not be read; without effect if it has never been read. */
    void missed(UUID feed, Instant askedAt);
}
