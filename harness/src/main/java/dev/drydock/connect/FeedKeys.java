package dev.drydock.connect;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drydock.connect.FeedParser.Parsed;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * By which keys the entries of a feed are known again: by what the feed names an entry by (or else its link, or its title), by
 * that with the link, with the title, and with the text. An entry has those keys that no other entry of the feed has. So an
 * entry that is edited keeps a key, and entries to which a feed gives one name are told apart.
 */
final class FeedKeys {

    private static final int HASH_BYTES = 16;

    private final String feed;
    private final Map<String, Integer> uses = new HashMap<>();

    FeedKeys(String feed, List<Parsed> entries) {
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
