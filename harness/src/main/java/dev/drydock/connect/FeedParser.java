package dev.drydock.connect;

import com.apptasticsoftware.rssreader.Channel;
import com.apptasticsoftware.rssreader.Item;
import com.apptasticsoftware.rssreader.RssReader;
import java.io.ByteArrayInputStream;
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
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.jsoup.Jsoup;

/** Parses a feed's XML. XML entities are not resolved. */
final class FeedParser {

    /** Of RSS 2.0, Atom and RSS 1.0. */
    private static final Set<String> ROOTS = Set.of("rss", "feed", "RDF");

    private static final int LONGEST_SUMMARY = 1000;

    /** Entries, and messages about what could not be read. */
    record Feed(List<FeedEntry> entries, List<String> faults) {}

    private final URI address;
    private final HttpClient client;

    /** The alternate links of Atom entries: of several links, RssReader keeps only the last. */
    private final IdentityHashMap<Item, String> alternates = new IdentityHashMap<>();

    private FeedParser(URI address, HttpClient client) {
        this.address = address;
        this.client = client;
    }

    /**
     * If the XML is invalid in the middle, the entries before are returned.
     *
     * @param client not used for requests; without it RssReader builds a client each time
     * @throws IOException if it is not a feed
     */
    static Feed parse(URI address, byte[] xml, HttpClient client) throws IOException {
        var faults = new ArrayList<String>();
        fault(xml).ifPresent(faults::add);
        var entries = new ArrayList<FeedEntry>();
        int undated = 0;
        var parser = new FeedParser(address, client);
        for (var item : parser.items(xml)) {
            var published = published(item);
            published.map(time -> parser.entry(item, time)).ifPresent(entries::add);
            undated += published.isPresent() ? 0 : 1;
        }
        if (undated > 0) {
            faults.add("entries without a date, skipped: " + undated);
        }
        return new Feed(entries, faults);
    }

    /** Checks the XML first, because RssReader stops at an error without reporting it. */
    private static Optional<String> fault(byte[] xml) throws IOException {
        var factory = XMLInputFactory.newInstance();
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        var begun = false;
        try {
            var events = factory.createXMLStreamReader(open(xml));
            while (events.hasNext()) {
                if (events.next() == XMLStreamConstants.START_ELEMENT && !begun) {
                    begun = true;
                    if (!ROOTS.contains(events.getLocalName())) {
                        throw new IOException("not RSS or Atom");
                    }
                }
            }
            return Optional.empty();
        } catch (XMLStreamException e) {
            if (!begun) {
                throw new IOException("not RSS or Atom");
            }
            return Optional.of("invalid XML in line %d; the entries after it are missing"
                    .formatted(e.getLocation() == null ? 0 : e.getLocation().getLineNumber()));
        }
    }

    private List<Item> items(byte[] xml) throws IOException {
        var reader = new RssReader(client);
        reader.setReadTimeout(Duration.ZERO); // it reads from memory
        reader.addItemExtension("/feed/entry/link", "rel", (item, rel) -> {
            if (rel.equals("alternate")) {
                item.getLink().ifPresent(link -> alternates.put(item, link));
            }
        });
        try (var items = reader.read(open(xml))) {
            return items.toList();
        } catch (RuntimeException e) { // one invalid feed must not stop the others
            throw new IOException("cannot be parsed (%s)".formatted(e.getClass().getSimpleName()), e);
        }
    }

    private FeedEntry entry(Item item, Instant published) {
        var feed = Optional.ofNullable(item.getChannel()).map(Channel::getTitle).map(FeedParser::plain);
        var summary = plain(item.getDescription().or(item::getContent).orElse(""));
        return new FeedEntry(
                feed.filter(title -> !title.isEmpty()).orElse(String.valueOf(address.getHost())),
                plain(item.getTitle().orElse("")),
                webLink(Optional.ofNullable(alternates.get(item))
                        .or(item::getLink)
                        .orElse("")),
                published,
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

    /** Skips blank lines before the XML, which are invalid but common. */
    private static InputStream open(byte[] xml) {
        int start = 0;
        while (start < xml.length && Character.isWhitespace(xml[start])) {
            start++;
        }
        return new ByteArrayInputStream(xml, start, xml.length - start);
    }
}
