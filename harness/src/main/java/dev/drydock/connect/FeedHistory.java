package dev.drydock.connect;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drydock.agent.Window;
import dev.drydock.connect.FeedMemory.Known;
import dev.drydock.connect.FeedParser.Parsed;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Says which entries of a feed belong to a window: those that appeared in it. An entry appeared when it was published, unless
 * the feed was read later than that without it, or it has no date: then when the feed was last read without it. So no entry
 * is missed because of its date, and none belongs to two windows.
 *
 * <p>When a feed is read for the first time, only dates count: what has none was there before, and is left out unless the
 * agent's window is its first.
 */
final class FeedHistory {

    private final FeedMemory memory;

    FeedHistory(FeedMemory memory) {
        this.memory = memory;
    }

    List<FeedEntry> in(Window window, URI address, List<Parsed> parsed, Instant now) {
        var feed = name(address);
        var keys = new FeedKeys(feed.toString(), parsed);
        var known = memory.recall(
                feed,
                parsed.stream()
                        .flatMap(entry -> keys.of(entry).stream())
                        .distinct()
                        .toList());
        var entries = new ArrayList<FeedEntry>();
        var remembered = new HashMap<String, Known>();
        parsed.stream().distinct().forEach(entry -> {
            var own = keys.of(entry);
            var seen = own.stream()
                    .flatMap(key -> Optional.ofNullable(known.entries().get(key)).stream())
                    .findFirst()
                    .orElseGet(() -> new Known(own.get(0), appearedAt(entry, known.readAt(), now)));
            own.forEach(key -> remembered.put(key, seen));
            if (window.first() || window.contains(seen.appearedAt())) {
                var undated = seen.appearedAt().equals(Instant.EPOCH) ? now : seen.appearedAt();
                entries.add(entry.entry(seen.id(), entry.published().orElse(undated)));
            }
        });
        memory.remember(feed, now, remembered);
        return entries;
    }

    /** It may have had new entries since it was last read, and nobody can tell. */
    void missed(URI address, Instant now) {
        memory.missed(name(address), now);
    }

    private static UUID name(URI address) {
        return UUID.nameUUIDFromBytes(address.toString().getBytes(UTF_8));
    }

    private static Instant appearedAt(Parsed entry, Optional<Instant> readAt, Instant now) {
        if (readAt.isEmpty()) {
            return entry.published().map(time -> time.isAfter(now) ? now : time).orElse(Instant.EPOCH);
        }
        var last = readAt.get().isAfter(now) ? now : readAt.get();
        return entry.published()
                .filter(time -> !time.isBefore(last) && !time.isAfter(now))
                .orElse(last);
    }
}
