package dev.drydock.connect;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drydock.agent.Window;
import dev.drydock.connect.FeedMemory.Known;
import dev.drydock.connect.FeedParser.Parsed;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

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
        var keys = new Keys(feed.toString(), parsed);
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

    /**
     * By which keys the entries of a feed are known again: by what the feed names an entry by (or else its link, or its title), by
     * that with the link, with the title, and with the text. An entry has those keys that no other entry of the feed has. So an
     * entry that is edited keeps a key, and entries to which a feed gives one name are told apart.
     */
    private static final class Keys {

        private static final int HASH_BYTES = 16;

        private final String feed;
        private final Map<String, Integer> uses = new HashMap<>();

        Keys(String feed, List<Parsed> entries) {
            this.feed = feed;
            entries.stream().distinct().forEach(entry -> all(entry).forEach(key -> uses.merge(key, 1, Integer::sum)));
        }

        /** At least one, the least specific first. */
        List<String> of(Parsed entry) {
            var all = all(entry);
            var last = all.get(all.size() - 1);
            return all.stream()
                    .filter(key -> key.equals(last) || uses.getOrDefault(key, 0) == 1)
                    .toList();
        }

        private List<String> all(Parsed entry) {
            var name = entry.guid().isEmpty() ? entry.link().isEmpty() ? entry.title() : entry.link() : entry.guid();
            var parts = List.of(name, entry.link(), entry.title(), entry.summary() + entry.published());
            return IntStream.rangeClosed(1, parts.size())
                    .mapToObj(length -> hash(parts.subList(0, length)))
                    .toList();
        }

        private String hash(List<String> parts) {
            var text = feed + "\n" + parts.size() + "\n" + String.join("\n", parts);
            try {
                var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
                return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("SHA-256 is not available", e);
            }
        }
    }
}
