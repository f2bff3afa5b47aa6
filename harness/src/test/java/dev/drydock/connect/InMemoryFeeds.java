package dev.drydock.connect;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What feeds have had, as long as a test lasts. */
final class InMemoryFeeds implements FeedMemory {

    private final Map<UUID, Map<String, Known>> entries = new HashMap<>();
    private final Map<UUID, Instant> readAt = new HashMap<>();

    @Override
    public Feed recall(UUID feed, Collection<String> keys) {
        var known = new HashMap<>(entries.getOrDefault(feed, Map.of()));
        known.keySet().retainAll(keys);
        return new Feed(Optional.ofNullable(readAt.get(feed)), known);
    }

    @Override
    public void remember(UUID feed, Instant now, Map<String, Known> seen) {
        readAt.put(feed, now);
        seen.forEach(entries.computeIfAbsent(feed, name -> new HashMap<>())::putIfAbsent);
    }

    @Override
    public void missed(UUID feed, Instant askedAt) {
        readAt.computeIfPresent(feed, (name, before) -> askedAt);
    }
}
