package dev.drydock.judge.replay;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A field whose value differs between two documents. Long texts are shown around the first character that differs.
 *
 * @param field its path, such as {@code messages[1].text}; empty for the whole document
 * @param from null if the field was not there
 * @param to null if the field is not there any more
 */
@RegisterForReflection
public record FieldDiff(
        String field, @Nullable String from, @Nullable String to) {

    private static final int LONGEST = 160;
    private static final int BEFORE = 40;

    /** All fields that differ, in the order of the documents. */
    static List<FieldDiff> between(JsonNode from, JsonNode to) {
        var found = new ArrayList<FieldDiff>();
        compare("", from, to, found);
        return List.copyOf(found);
    }

    /** {@code field: from → to}, for people. */
    public String line() {
        return "%s%s → %s".formatted(field.isEmpty() ? "" : field + ": ", shown(from), shown(to));
    }

    private static String shown(@Nullable String value) {
        return value == null ? "(none)" : value.replaceAll("\\s+", " ");
    }

    private static void compare(String path, JsonNode from, JsonNode to, List<FieldDiff> found) {
        if (from.equals(to)) {
            return;
        }
        if (from.isObject() && to.isObject()) {
            var names = new LinkedHashSet<String>();
            from.fieldNames().forEachRemaining(names::add);
            to.fieldNames().forEachRemaining(names::add);
            for (var name : names) {
                compare(path.isEmpty() ? name : path + "." + name, from.path(name), to.path(name), found);
            }
        } else if (from.isArray() && to.isArray()) {
            for (var at = 0; at < Math.max(from.size(), to.size()); at++) {
                compare(path + "[" + at + "]", from.path(at), to.path(at), found);
            }
        } else {
            found.add(of(path, text(from), text(to)));
        }
    }

    private static @Nullable String text(JsonNode node) {
        return node.isMissingNode() ? null : node.isTextual() ? node.textValue() : node.toString();
    }

    private static FieldDiff of(String path, @Nullable String from, @Nullable String to) {
        var start = 0;
        if (from != null && to != null) {
            while (start < Math.min(from.length(), to.length()) && from.charAt(start) == to.charAt(start)) {
                start++;
            }
        }
        return new FieldDiff(path, excerpt(from, start), excerpt(to, start));
    }

    private static @Nullable String excerpt(@Nullable String text, int differsAt) {
        if (text == null || text.length() <= LONGEST) {
            return text;
        }
        var start = Math.max(0, Math.min(differsAt, text.length()) - BEFORE);
        var end = Math.min(text.length(), start + LONGEST);
        return (start == 0 ? "" : "…") + text.substring(start, end) + (end == text.length() ? "" : "…");
    }
}
