package dev.drydock.console;

import static java.util.stream.Collectors.joining;

import dev.drydock.judge.replay.FieldDiff;
import dev.drydock.judge.replay.Lane;
import dev.drydock.judge.replay.ReplayReport;
import dev.drydock.judge.replay.ReplayReport.VariantTotals;
import dev.drydock.judge.replay.ReplayedEntry;
import dev.drydock.judge.replay.ReplayedEntry.RecordOutcome;
import dev.drydock.judge.replay.ReplayedEntry.VariantOutcome;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A replay for people: the totals, then the entries that differ, the most important first. */
final class ReplayText {

    private static final int MOST_ENTRIES = 50;
    private static final int MOST_FIELDS = 8;

    private final StringBuilder text = new StringBuilder();

    private ReplayText() {}

    static String of(ReplayReport report) {
        var text = new ReplayText();
        text.line("Replayed %,d entries of %s.".formatted(report.entries(), report.what()));
        text.line("From the records: %s.".formatted(counts(report.records())));
        if (report.variant() != null) {
            text.variant(report.variant());
        }
        report.shown().stream().limit(MOST_ENTRIES).forEach(text::entry);
        var more = Math.max(0, report.shown().size() - MOST_ENTRIES) + report.omitted();
        if (more > 0) {
            text.line("… and %,d more; --json shows up to 1,000".formatted(more));
        }
        return text.text.toString().stripTrailing();
    }

    private void variant(VariantTotals variant) {
        line("Variant%s%s, %s: %s, %,d dangerous."
                .formatted(
                        variant.prompt() ? " prompt" : "",
                        variant.model() == null ? "" : " model " + variant.model(),
                        variant.live() ? "asked live" : "from the records",
                        counts(variant.outcomes()),
                        variant.dangerous()));
        line("Cost of what it decided: production %s, variant %s, difference %s."
                .formatted(usd(variant.comparedUsd()), usd(variant.costUsd()), usd(variant.differenceUsd())));
        if (variant.outcomes().keySet().stream()
                .anyMatch(outcome -> outcome.name().equals("NOT_ASKED"))) {
            line("What is not on record needs --live; production paid %s for the same entries."
                    .formatted(usd(variant.notAskedUsd())));
        }
    }

    private void entry(ReplayedEntry entry) {
        line("");
        line("%s entry %s, item %s%s"
                .formatted(
                        entry.agent(),
                        entry.id(),
                        entry.itemId(),
                        entry.production().traceId() == null
                                ? ""
                                : ", trace " + entry.production().traceId()));
        var records = entry.records();
        if (records.outcome() != RecordOutcome.SAME) {
            line("  from the records: %s%s"
                    .formatted(name(records.outcome()), records.dangerous() ? ", DANGEROUS" : ""));
            records.reasons().forEach(reason -> line("    %s".formatted(reason)));
            fields(records.fields());
        }
        var variant = entry.variant();
        if (variant != null && variant.outcome() != VariantOutcome.SAME) {
            line("  variant: %s%s%s%s"
                    .formatted(
                            name(variant.outcome()),
                            variant.dangerous() ? ", DANGEROUS" : "",
                            labels(entry.production(), variant.lane()),
                            variant.lane().traceId() == null
                                    ? ""
                                    : ", trace " + variant.lane().traceId()));
            if (variant.lane().fault() != null) {
                line("    %s".formatted(variant.lane().fault()));
            }
            fields(variant.fields());
            if (!entry.production().tools().equals(variant.lane().tools())) {
                line("    tools: %s → %s"
                        .formatted(entry.production().tools(), variant.lane().tools()));
            }
        }
    }

    private static String labels(Lane from, Lane to) {
        return from.label() == null || to.label() == null || from.label().equals(to.label())
                ? ""
                : ", %s → %s".formatted(from.label(), to.label());
    }

    private void fields(List<FieldDiff> fields) {
        fields.stream().limit(MOST_FIELDS).forEach(field -> line("    %s".formatted(field.line())));
        if (fields.size() > MOST_FIELDS) {
            line("    … and %,d more fields".formatted(fields.size() - MOST_FIELDS));
        }
    }

    private static String counts(Map<? extends Enum<?>, Integer> counts) {
        return counts.isEmpty()
                ? "nothing"
                : counts.entrySet().stream()
                        .map(count -> "%,d %s".formatted(count.getValue(), name(count.getKey())))
                        .collect(joining(", "));
    }

    private static String name(Enum<?> outcome) {
        return outcome.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String usd(@Nullable String amount) {
        return amount == null ? "unknown" : amount + " USD";
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
