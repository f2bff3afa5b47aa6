package dev.drydock.judge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.judge.eval.EvalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads the labels that people gave items: a CSV file (RFC 4180, with a comma or a semicolon) whose first line names the columns
 * {@code id} and {@code label}; or JSON objects with these fields, in an array or one after the other.
 */
final class ReadLabels {

    /**
     * What a person did with an item.
     *
     * @param line of the file; in a JSON array, the place in the array
     */
    record Label(int line, String itemId, String label) {}

    private static final Set<String> ITEM = Set.of("id", "item", "item_id", "itemid");
    private static final String LABEL = "label";

    private final ObjectMapper json;

    ReadLabels(ObjectMapper json) {
        this.json = json;
    }

    /** A line without an id or a label has an empty text in its place. Fails with {@link EvalException} if the file is neither. */
    List<Label> read(Path file) {
        try {
            var text = Files.readString(file).replaceFirst("^\uFEFF", "");
            return text.stripLeading().startsWith("[") || text.stripLeading().startsWith("{")
                    ? fromJson(text, file)
                    : fromCsv(text, file);
        } catch (IOException e) {
            throw new EvalException("Cannot read %s: %s".formatted(file, e));
        }
    }

    private List<Label> fromJson(String text, Path file) throws IOException {
        var labels = new ArrayList<Label>();
        try (MappingIterator<JsonNode> objects = json.readerFor(JsonNode.class).readValues(text)) {
            while (objects.hasNext()) {
                var each = objects.next();
                var id = ITEM.stream()
                        .map(each::path)
                        .filter(JsonNode::isValueNode)
                        .map(JsonNode::asText)
                        .findFirst();
                labels.add(new Label(
                        labels.size() + 1, id.orElse(""), each.path(LABEL).asText()));
            }
            return labels;
        } catch (JsonProcessingException e) {
            throw new EvalException("%s is no JSON: %s".formatted(file, e.getOriginalMessage()));
        }
    }

    private static List<Label> fromCsv(String text, Path file) {
        var firstLine = text.lines().findFirst().orElse("");
        var separator = firstLine.indexOf(',') < 0 && firstLine.indexOf(';') >= 0 ? ';' : ',';
        var rows = rows(text, separator);
        var names = rows.isEmpty()
                ? List.<String>of()
                : rows.get(0).fields().stream()
                        .map(name -> name.strip().toLowerCase(Locale.ROOT))
                        .toList();
        var id = names.indexOf(names.stream().filter(ITEM::contains).findFirst().orElse(""));
        var label = names.indexOf(LABEL);
        if (id < 0 || label < 0) {
            throw new EvalException(
                    "%s: the first line must name the columns id and label; it is: %s".formatted(file, firstLine));
        }
        return rows.stream()
                .skip(1)
                .filter(row -> row.fields().stream().anyMatch(field -> !field.isBlank()))
                .map(row -> new Label(row.line(), row.field(id), row.field(label)))
                .toList();
    }

    private record Row(int line, List<String> fields) {

        String field(int at) {
            return at < fields.size() ? fields.get(at).strip() : "";
        }
    }

    /** A field in quotes may hold separators, line breaks, and quotes that are doubled. */
    private static List<Row> rows(String text, char separator) {
        var rows = new ArrayList<Row>();
        var fields = new ArrayList<String>();
        var field = new StringBuilder();
        var quoted = false;
        var line = 1;
        var begin = 1;
        for (var at = 0; at < text.length(); at++) {
            var character = text.charAt(at);
            line += character == '\n' ? 1 : 0;
            if (character == '"' && quoted && at + 1 < text.length() && text.charAt(at + 1) == '"') {
                field.append(character);
                at++;
            } else if (character == '"') {
                quoted = !quoted;
            } else if (quoted || (character != separator && character != '\n' && character != '\r')) {
                field.append(character);
            } else if (character != '\r') {
                fields.add(field.toString());
                field.setLength(0);
                if (character == '\n') {
                    rows.add(new Row(begin, List.copyOf(fields)));
                    fields.clear();
                    begin = line;
                }
            }
        }
        fields.add(field.toString());
        rows.add(new Row(begin, List.copyOf(fields)));
        return rows;
    }
}
