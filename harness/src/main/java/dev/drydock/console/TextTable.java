package dev.drydock.console;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Prints rows in columns. Numbers are aligned to the right; the last column may be of any length. */
final class TextTable {

    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();
    private final String alignment;

    /**
     * @param alignment for each column {@code <} for text and {@code >} for numbers
     */
    TextTable(String alignment, String... header) {
        this.alignment = alignment;
        rows.add(
                Arrays.stream(header).map(name -> name.toUpperCase(Locale.ROOT)).toList());
    }

    void row(String... cells) {
        rows.add(List.of(cells));
    }

    /** All lines, each with its end; nothing if there is no row. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        for (var row : rows.size() == 1 ? List.<List<String>>of() : rows) {
            var line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                line.append(column == 0 ? "" : GAP).append(padded(row.get(column), column));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private String padded(String cell, int column) {
        var padding = " ".repeat(Math.max(0, width(column) - cell.length()));
        return alignment.charAt(column) == '>' ? padding + cell : cell + padding;
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}
