package dev.drydock.offline;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What values look like that are of the same kind as an example: where it has digits, they have digits. */
record Shape(Pattern pattern) {

    private static final Pattern EXAMPLE = Pattern.compile("\\bsuch as (\\S*[^\\s.,;:)])");
    private static final Pattern RUNS = Pattern.compile("\\d+|\\p{L}+|.");

    /** Of the first {@code such as EXAMPLE}, if a description has one with a digit in it: words alone have no shape. */
    static Optional<Shape> ofExampleIn(String description) {
        var example = EXAMPLE.matcher(description);
        return example.find() && example.group(1).matches(".*\\d.*")
                ? Optional.of(new Shape(like(example.group(1))))
                : Optional.empty();
    }

    private static Pattern like(String example) {
        var shape = RUNS.matcher(example).replaceAll(run -> replacement(run).replace("\\", "\\\\"));
        return Pattern.compile("(?<![\\w.,-])" + shape + "(?!\\w|[.,-]\\d)");
    }

    private static String replacement(MatchResult run) {
        var first = run.group().charAt(0);
        return Character.isDigit(first) ? "\\d+" : Character.isLetter(first) ? "\\p{L}+" : Pattern.quote(run.group());
    }

    Optional<String> firstIn(String text) {
        return pattern.matcher(text).results().map(MatchResult::group).findFirst();
    }

    /** The number in a text of a shape with digits. */
    static BigDecimal number(String text) {
        return new BigDecimal(text.replaceAll("[^\\d.]", ""));
    }
}
