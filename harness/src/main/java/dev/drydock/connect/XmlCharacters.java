package dev.drydock.connect;

import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.Entities;

/**
 * Repairs the characters of an XML text: HTML entities that XML does not know become characters, a lone ampersand becomes a
 * reference, and characters that XML forbids are removed. Declared entities are not resolved. CDATA sections, comments and the
 * document type stay as they are.
 */
final class XmlCharacters {

    private static final Set<String> OF_XML = Set.of("amp", "lt", "gt", "quot", "apos");

    private static final Pattern REFERENCE =
            Pattern.compile("&(#[0-9]{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{0,31});");
    private static final int LONGEST_REFERENCE = 40;

    private XmlCharacters() {}

    /** The same text with its references and characters repaired. */
    static String repaired(String xml) {
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
