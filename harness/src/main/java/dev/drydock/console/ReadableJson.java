package dev.drydock.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** JSON as a person reads it: without braces and quotes, names as words. What is empty is left out. */
public final class ReadableJson {

    private static final int LONG_TEXT = 400;
    private static final int MANY_LINES = 8;
    private static final int LINE = 240;
    private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|_");

    /**
     * A named part of a record.
     *
     * @param isLong whether it is better folded
     */
    public record Part(String name, String text, boolean isLong) {}

    private ReadableJson() {}

    /** The parts of an object that are not empty; one without a name for anything else. */
    public static List<Part> parts(JsonNode tree) {
        return tree.isObject()
                ? tree.properties().stream()
                        .filter(property -> !isEmpty(property.getValue()))
                        .map(property -> part(words(property.getKey()), text(property.getValue())))
                        .toList()
                : isEmpty(tree) ? List.of() : List.of(part("", text(tree)));
    }

    public static String text(JsonNode value) {
        if (value.isArray()) {
            return StreamSupport.stream(value.spliterator(), false)
                    .filter(one -> !isEmpty(one))
                    .map(one -> "- " + text(one).replace("\n", "\n  "))
                    .collect(Collectors.joining("\n"));
        }
        return value.isObject()
                ? value.properties().stream()
                        .filter(property -> !isEmpty(property.getValue()))
                        .map(property -> named(words(property.getKey()), property.getValue()))
                        .collect(Collectors.joining("\n"))
                : value.isNull() ? "" : value.asText();
    }

    /** In one line, cut where it is long. */
    public static String line(JsonNode value) {
        var all = (value.isObject()
                        ? value.properties().stream()
                                .filter(property -> !isEmpty(property.getValue()))
                                .map(property -> words(property.getKey()) + ": " + text(property.getValue()))
                        : Stream.of(text(value)))
                .collect(Collectors.joining(" · "))
                .replaceAll("\\s+", " ");
        return all.length() <= LINE ? all : all.substring(0, LINE).strip() + "…";
    }

    public static boolean isLong(String text) {
        return text.length() > LONG_TEXT || text.lines().count() > MANY_LINES;
    }

    /** {@code sentByMachine} as {@code sent by machine}. */
    public static String words(String name) {
        return HUMP.splitAsStream(name)
                .map(word -> word.length() > 1 && word.equals(word.toUpperCase(Locale.ROOT))
                        ? word
                        : word.toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(" "));
    }

    private static String named(String name, JsonNode value) {
        var text = text(value);
        return value.isContainerNode()
                ? name + ":\n  " + text.replace("\n", "\n  ")
                : name + ": " + text.replace("\n", "\n  ");
    }

    private static Part part(String name, String text) {
        return new Part(name, text, isLong(text));
    }

    private static boolean isEmpty(JsonNode value) {
        return value.isNull()
                || value.isMissingNode()
                || (value.isTextual() && value.asText().isBlank())
                || (value.isContainerNode() && value.isEmpty());
    }
}
