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

/** Makes entries of a feed's XML. Declared entities, local or from elsewhere, are not resolved. */
final class FeedParser {

    /** Of RSS 2.0, Atom and RSS 1.0. */
    private static final Set<String> ROOTS = Set.of("rss", "feed", "RDF");

    private static final int LONGEST_SUMMARY = 1000;

    /** What could be read, and what could not. */
    record Feed(List<FeedEntry> entries, List<String> faults) {}

    private final URI address;
    private final HttpClient client;

    /** An Atom entry has several links; the reader keeps the last, while people want the alternate one. */
    private final IdentityHashMap<Item, String> alternates = new IdentityHashMap<>();

    private FeedParser(URI address, HttpClient client) {
        this.address = address;
        this.client = client;
    }

    /**
     * Where the XML is broken in the middle, what stands before is read.
     *
     * @param client sends nothing here: the reader would make one of its own each time
     * @throws IOException if it is no feed at all
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
            faults.add("entries without a date are left out: " + undated);
        }
        return new Feed(entries, faults);
    }

    /** The reader ends where the XML is broken, and does not tell; so it is looked through before. */
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
                        throw new IOException("neither RSS nor Atom");
                    }
                }
            }
            return Optional.empty();
        } catch (XMLStreamException e) {
            if (!begun) {
                throw new IOException("neither RSS nor Atom");
            }
            return Optional.of("the XML is broken in line %d, the rest is missing"
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
        } catch (RuntimeException e) { // one odd feed must not stop the others
            throw new IOException(
                    "cannot be understood (%s)".formatted(e.getClass().getSimpleName()), e);
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

    /** Feeds put HTML where they may, and where they may not. */
    private static String plain(String html) {
        return Jsoup.parse(html).text().strip();
    }

    /** Empty for what is no address on the web: a script, say. */
    private String webLink(String link) {
        try {
            var target = address.resolve(link.strip());
            return String.valueOf(target.getScheme()).matches("https?") ? target.toString() : "";
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** Blank lines before the XML, which some servers put there, are not allowed to be. */
    private static InputStream open(byte[] xml) {
        int start = 0;
        while (start < xml.length && Character.isWhitespace(xml[start])) {
            start++;
        }
        return new ByteArrayInputStream(xml, start, xml.length - start);
    }
}
