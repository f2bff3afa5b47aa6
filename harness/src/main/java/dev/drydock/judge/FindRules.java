package dev.drydock.judge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drydock.journal.CostFigures;
import dev.drydock.journal.CostFigures.DecidedEntry;
import dev.drydock.journal.Json;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds what {@code Agent.rule} could decide instead of a model: a field's value, or a word, with which entries always got
 * the same label.
 */
@Singleton
class FindRules {

    /**
     * A rule and what it would have saved.
     *
     * @param condition for people: {@code from is "news@example.com"}
     * @param entries to which it applies, all of them with the label
     * @param usd what their model calls cost
     */
    record Rule(String condition, String label, int entries, BigDecimal usd) {}

    private static final int MOST_ENTRIES = 2_000;
    private static final int LEAST_ENTRIES = 10;

    /** How probable it may be that any of the conditions that were tried has one label by chance. */
    private static final double BY_CHANCE = 0.05;

    private static final int LONGEST_VALUE = 80;
    private static final int READ_OF_A_TEXT = 4_000;
    private static final Pattern WORD = Pattern.compile("\\p{L}[\\p{L}\\p{N}]{3,24}");
    private static final Set<String> KEYS = Set.of("id", "version");

    private final CostFigures figures;
    private final Json json;

    FindRules(CostFigures figures, Json json) {
        this.figures = figures;
        this.json = json;
    }

    /** At most one rule a label, out of the latest 2,000 entries; those for most entries first. */
    List<Rule> of(String agent, Instant since) {
        var search = new Search();
        figures.decidedByModel(agent, since, MOST_ENTRIES, entry -> search.add(entry, conditions(entry)));
        return search.rules();
    }

    private Set<String> conditions(DecidedEntry entry) {
        var conditions = new HashSet<String>();
        add(conditions, "", json.tree(entry.item()));
        return conditions;
    }

    private static void add(Set<String> conditions, String prefix, JsonNode fields) {
        fields.properties().forEach(field -> {
            var name = prefix + field.getKey();
            var value = field.getValue();
            if (value.isObject() && prefix.isEmpty()) {
                add(conditions, name + ".", value);
            } else if (value.isValueNode() && !value.isNull() && !KEYS.contains(name)) {
                addValue(conditions, name, value.asText());
            }
        });
    }

    private static void addValue(Set<String> conditions, String name, String text) {
        if (!text.isBlank() && text.length() <= LONGEST_VALUE) {
            conditions.add("%s is \"%s\"".formatted(name, text));
        }
        var read = text.substring(0, Math.min(text.length(), READ_OF_A_TEXT)).toLowerCase(Locale.ROOT);
        WORD.matcher(read)
                .results()
                .forEach(word -> conditions.add("%s contains \"%s\"".formatted(name, word.group())));
    }

    /** Counts, for each condition, the entries and their label. */
    private static final class Search {

        /** Stands for all conditions that have several labels. */
        private static final Found SEVERAL = new Found("");

        private static final class Found {
            private final String label;
            private int entries;
            private BigDecimal usd = BigDecimal.ZERO;

            Found(String label) {
                this.label = label;
            }
        }

        private final Map<String, Found> found = new HashMap<>();
        private final Map<String, Integer> labels = new HashMap<>();
        private int entries;

        void add(DecidedEntry entry, Set<String> conditions) {
            entries++;
            labels.merge(entry.label(), 1, Integer::sum);
            for (var condition : conditions) {
                var seen = found.computeIfAbsent(condition, key -> new Found(entry.label()));
                if (seen.label.equals(entry.label())) {
                    seen.entries++;
                    seen.usd = seen.usd.add(entry.usd());
                } else {
                    found.put(condition, SEVERAL);
                }
            }
        }

        List<Rule> rules() {
            var best = new HashMap<String, Rule>();
            found.forEach((condition, seen) -> {
                if (seen != SEVERAL && seen.entries >= LEAST_ENTRIES && !isChance(seen)) {
                    var rule = new Rule(condition, seen.label, seen.entries, seen.usd);
                    best.merge(seen.label, rule, (one, other) -> ORDER.compare(one, other) <= 0 ? one : other);
                }
            });
            return best.values().stream().sorted(ORDER).toList();
        }

        /** By how often as many entries would all have the label if the condition said nothing about it. */
        private boolean isChance(Found seen) {
            var share = labels.getOrDefault(seen.label, 0) / (double) entries;
            return Math.pow(share, seen.entries) * found.size() > BY_CHANCE;
        }

        /** Equal counts: a field's whole value before a word in it. */
        private static final Comparator<Rule> ORDER = Comparator.comparingInt(Rule::entries)
                .reversed()
                .thenComparing(rule -> rule.condition().contains(" contains "))
                .thenComparing(Rule::condition);
    }
}
