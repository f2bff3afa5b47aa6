package dev.drydock.connect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;

/**
 * A feed's XML, made valid: its {@link XmlCharacters} are repaired, and entries that are still broken are left out. Each byte is
 * taken for one character, so that the encoding stays as it is.
 */
final class FeedXml {

    /** Of RSS 2.0, Atom and RSS 1.0. */
    private static final Set<String> ROOTS = Set.of("rss", "feed", "RDF");

    private static final int MOST_ENTRIES = 10_000;

    private static final Pattern DECLARATION = Pattern.compile("<\\?xml[^>]{0,200}\\?>");
    private static final Pattern ROOT = Pattern.compile("<((?:[\\w.-]{1,40}:)?(rss|feed|RDF))\\b[^>]{0,2000}>");
    private static final Pattern ENTRY = Pattern.compile("<((?:[\\w.-]{1,40}:)?(?:item|entry))(?=[\\s>])");

    /** What can be read, and how many entries cannot. */
    record Valid(String text, int broken) {

        InputStream open() {
            return new ByteArrayInputStream(text.getBytes(ISO_8859_1));
        }
    }

    private final XMLInputFactory factory = XMLInputFactory.newInstance();

    private FeedXml() {
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    }

    /** @throws IOException if it is not a feed */
    static Valid of(byte[] xml) throws IOException {
        return new FeedXml().valid(XmlCharacters.repaired(new String(xml, ISO_8859_1).stripLeading()));
    }

    private Valid valid(String text) throws IOException {
        if (isValid(text)) {
            return new Valid(text, 0);
        }
        var root = ROOT.matcher(text);
        if (!root.find()) {
            throw new IOException("not RSS or Atom");
        }
        var declaration = DECLARATION.matcher(text);
        var prolog = declaration.lookingAt() ? declaration.group() : "";
        var end = "</" + root.group(1) + ">";
        var all = entries(text);
        var readable = all.stream()
                .filter(entry -> isValid(prolog + root.group() + entry + end))
                .toList();
        var entries = String.join("", readable);
        var head = text.substring(0, entryStart(text));
        var whole = head + entries + closing(head);
        var channel = root.group(2).equals("rss");
        var bare = prolog + root.group() + (channel ? "<channel>" : "") + entries + (channel ? "</channel>" : "") + end;
        return new Valid(isValid(whole) ? whole : bare, all.size() - readable.size());
    }

    private static int entryStart(String text) {
        var first = ENTRY.matcher(text);
        return first.find() ? first.start() : text.length();
    }

    /** Each ends at its end tag, or where the next one begins. */
    private static List<String> entries(String text) {
        var entries = new ArrayList<String>();
        var start = ENTRY.matcher(text);
        var found = start.find();
        while (found && entries.size() < MOST_ENTRIES) {
            var from = start.start();
            var endTag = "</" + start.group(1) + ">";
            found = start.find();
            var limit = found ? start.start() : text.length();
            var end = text.substring(from, limit).indexOf(endTag);
            entries.add(end < 0 ? text.substring(from, limit) : text.substring(from, from + end + endTag.length()));
        }
        return entries;
    }

    private boolean isValid(String text) {
        try {
            var events = factory.createXMLStreamReader(new ByteArrayInputStream(text.getBytes(ISO_8859_1)));
            var begun = false;
            while (events.hasNext()) {
                if (events.next() == XMLStreamConstants.START_ELEMENT && !begun) {
                    begun = true;
                    if (!ROOTS.contains(events.getLocalName())) {
                        return false;
                    }
                }
            }
            return begun;
        } catch (XMLStreamException | RuntimeException e) { // the parser of the JDK throws others, too
            return false;
        }
    }

    /** The end tags that are missing after the beginning of a document. */
    private String closing(String head) {
        Deque<String> open = new ArrayDeque<>();
        try {
            var events = factory.createXMLStreamReader(new ByteArrayInputStream(head.getBytes(ISO_8859_1)));
            while (events.hasNext()) {
                var event = events.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    var prefix = Optional.ofNullable(events.getPrefix()).filter(name -> !name.isEmpty());
                    open.push(prefix.map(name -> name + ":").orElse("") + events.getLocalName());
                } else if (event == XMLStreamConstants.END_ELEMENT) {
                    open.pop();
                }
            }
        } catch (XMLStreamException | RuntimeException e) {
            // it ends in the middle
        }
        var tags = new StringBuilder();
        open.forEach(name -> tags.append("</").append(name).append('>'));
        return tags.toString();
    }
}
