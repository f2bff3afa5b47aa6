package dev.drydock.connect;

import com.apptasticsoftware.rssreader.Channel;
import com.apptasticsoftware.rssreader.Item;
import com.apptasticsoftware.rssreader.RssReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import org.jsoup.Jsoup;

/** Parses a feed's XML. */
final class FeedParser {

    private static final int LONGEST_SUMMARY = 1000;

    /** Entries, and messages about what could not be read. */
    record Feed(List<Parsed> entries, List<String> faults) {}

    /**
     * An entry as a feed has it.
     *
     * @param guid what the feed names it by; empty if it has no such name
     * @param published empty if it has no date
     */
    record Parsed(String guid, String feed, String title, String link, Optional<Instant> published, String summary) {

        FeedEntry entry(String id, Instant published) {
            return new FeedEntry(id, feed, title, link, published, summary);
        }
    }

    private final URI address;
    private final HttpClient client;

    /** The alternate links of Atom entries: of several links, RssReader keeps only the last. */
    private final IdentityHashMap<Item, String> alternates = new IdentityHashMap<>();

    private FeedParser(URI address, HttpClient client) {
        this.address = address;
        this.client = client;
    }

    /**
     * An entry with invalid XML is left out; the others are returned.
     *
     * @param client not used for requests; without it RssReader builds a client each time
     * @throws IOException if it is not a feed
     */
    static Feed parse(URI address, byte[] xml, HttpClient client) throws IOException {
        var valid = FeedXml.of(xml);
        var broken = valid.broken();
        var entries = new ArrayList<Parsed>();
        var parser = new FeedParser(address, client);
        for (var item : parser.items(valid.open())) {
            try {
                entries.add(parser.entry(item));
            } catch (RuntimeException e) { // one invalid entry must not stop the others
                broken++;
            }
        }
        return new Feed(entries, broken == 0 ? List.of() : List.of("entries that cannot be read, skipped: " + broken));
    }

    private List<Item> items(InputStream xml) throws IOException {
        var reader = new RssReader(client);
        reader.setReadTimeout(Duration.ZERO); // it reads from memory
        reader.addItemExtension("/feed/entry/link", "rel", (item, rel) -> {
            if (rel.equals("alternate")) {
                item.getLink().ifPresent(link -> alternates.put(item, link));
            }
        });
        try (var items = reader.read(xml)) {
            return items.toList();
        } catch (RuntimeException e) { // one invalid feed must not stop the others
            throw new IOException("cannot be parsed (%s)".formatted(e.getClass().getSimpleName()), e);
        }
    }

    private Parsed entry(Item item) {
        var feed = Optional.ofNullable(item.getChannel()).map(Channel::getTitle).map(FeedParser::plain);
        var summary = plain(item.getDescription().or(item::getContent).orElse(""));
        return new Parsed(
                item.getGuid().map(String::strip).orElse(""),
                feed.filter(title -> !title.isEmpty()).orElse(String.valueOf(address.getHost())),
                plain(item.getTitle().orElse("")),
                webLink(Optional.ofNullable(alternates.get(item))
                        .or(item::getLink)
                        .orElse("")),
                published(item),
                summary.length() <= LONGEST_SUMMARY ? summary : summary.substring(0, LONGEST_SUMMARY) + "…");
    }

    private static Optional<Instant> published(Item item) {
        try {
            return item.getPubDateAsZonedDateTime()
                    .or(item::getUpdatedAsZonedDateTime)
                    .map(ZonedDateTime::toInstant);
        } catch (DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Feeds contain HTML also where the format does not allow it. */
    private static String plain(String html) {
        return Jsoup.parse(html).text().strip();
    }

    /** Empty if it is not a web address, such as a script. */
    private String webLink(String link) {
        try {
            var target = address.resolve(link.strip());
            return String.valueOf(target.getScheme()).matches("https?") ? target.toString() : "";
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
