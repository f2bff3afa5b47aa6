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
import org.jsoup.nodes.Entities;

/**
 * A feed's XML, made valid: HTML entities that XML does not know become characters, and entries that cannot be repaired are left
 * out. Declared entities are not resolved. Each byte is taken for one character, so that the encoding stays as it is.
 */
final class FeedXml {

    /** Of RSS 2.0, Atom and RSS 1.0. */
    private static final Set<String> ROOTS = Set.of("rss", "feed", "RDF");

    private static final Set<String> OF_XML = Set.of("amp", "lt", "gt", "quot", "apos");

    private static final Pattern REFERENCE =
            Pattern.compile("&(#[0-9]{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{0,31});");
    private static final int MOST_ENTRIES = 10_000;
    private static final int LONGEST_REFERENCE = 40;

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
        return new FeedXml().valid(repaired(new String(xml, ISO_8859_1).stripLeading()));
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

    private static String repaired(String xml) {
        var out = new StringBuilder(xml.length());
        var reference = REFERENCE.matcher(xml);
        int at = 0;
        while (at < xml.length()) {
            var character = xml.charAt(at);
            var end = character == '<' ? verbatimEnd(xml, at) : at;
            if (end > at) {
                out.append(xml, at, end);
                at = end;
            } else if (character == '&') {
                reference.region(at, Math.min(xml.length(), at + LONGEST_REFERENCE));
                var found = reference.lookingAt();
                out.append(found ? resolved(reference.group(1)) : "&amp;");
                at = found ? reference.end() : at + 1;
            } else {
                if (isAllowed(character)) {
                    out.append(character);
                }
                at++;
            }
        }
        return out.toString();
    }

    /** Where a part ends that is not to be repaired; the same place if none begins here. */
    private static int verbatimEnd(String xml, int at) {
        if (xml.startsWith("<![CDATA[", at)) {
            return after(xml, "]]>", at);
        }
        if (xml.startsWith("<!--", at)) {
            return after(xml, "-->", at);
        }
        if (xml.startsWith("<!DOCTYPE", at)) {
            var end = after(xml, ">", at);
            return xml.substring(at, end).contains("[") ? after(xml, ">", after(xml, "]", at)) : end;
        }
        return at;
    }

    private static int after(String xml, String end, int from) {
        var found = xml.indexOf(end, Math.min(from, xml.length()));
        return found < 0 ? xml.length() : found + end.length();
    }

    private static String resolved(String reference) {
        if (reference.startsWith("#")) {
            var hex = reference.startsWith("#x");
            var point = Integer.parseInt(reference.substring(hex ? 2 : 1), hex ? 16 : 10);
            return isAllowed(point) ? "&" + reference + ";" : "";
        }
        if (OF_XML.contains(reference)) {
            return "&" + reference + ";";
        }
        var characters = Entities.getByName(reference);
        if (characters.isEmpty()) {
            return "&amp;" + reference + ";";
        }
        var numbers = new StringBuilder();
        characters
                .codePoints()
                .forEach(point -> numbers.append("&#").append(point).append(';'));
        return numbers.toString();
    }

    /** https://www.w3.org/TR/xml/#charsets */
    private static boolean isAllowed(int point) {
        return point == '\t'
                || point == '\n'
                || point == '\r'
                || (point >= 0x20 && point < Character.MIN_SURROGATE)
                || (point > Character.MAX_SURROGATE && point < 0xFFFE)
                || (point >= 0x10000 && point <= Character.MAX_CODE_POINT);
    }
}
