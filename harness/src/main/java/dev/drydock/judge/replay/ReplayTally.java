package dev.drydock.judge.replay;

import dev.drydock.judge.replay.ReplayReport.VariantTotals;
import dev.drydock.judge.replay.ReplayedEntry.RecordOutcome;
import dev.drydock.judge.replay.ReplayedEntry.VariantOutcome;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Counts replayed entries as they come in, from any thread, and keeps those that are to be shown. */
final class ReplayTally {

    private static final int MOST_SHOWN = 1_000;

    private final Variant variant;
    private final Map<RecordOutcome, Integer> records = new EnumMap<>(RecordOutcome.class);
    private final Map<VariantOutcome, Integer> outcomes = new EnumMap<>(VariantOutcome.class);
    private final TreeSet<ReplayedEntry> shown =
            new TreeSet<>(Comparator.comparingInt(ReplayedEntry::rank).thenComparing(ReplayedEntry::id));
    private int entries;
    private int dangerous;
    private int omitted;
    private Sum production = new Sum(BigDecimal.ZERO);
    private Sum compared = new Sum(BigDecimal.ZERO);
    private Sum asked = new Sum(BigDecimal.ZERO);
    private Sum notAsked = new Sum(BigDecimal.ZERO);

    /** Null if one of its parts is not known. */
    private record Sum(@Nullable BigDecimal usd) {

        Sum plus(@Nullable String amount) {
            return new Sum(usd == null || amount == null ? null : usd.add(new BigDecimal(amount)));
        }

        @Nullable
        String text() {
            return Lanes.usd(Optional.ofNullable(usd));
        }
    }

    ReplayTally(Variant variant) {
        this.variant = variant;
    }

    synchronized void add(ReplayedEntry entry) {
        entries++;
        records.merge(entry.records().outcome(), 1, Integer::sum);
        production = production.plus(entry.production().costUsd());
        if (entry.variant() != null) {
            add(entry.variant(), entry.production());
        }
        if (!entry.isSame()) {
            shown.add(entry);
            if (shown.size() > MOST_SHOWN) {
                shown.pollLast();
                omitted++;
            }
        }
    }

    private void add(ReplayedEntry.ByVariant lane, Lane earlier) {
        outcomes.merge(lane.outcome(), 1, Integer::sum);
        dangerous += lane.dangerous() ? 1 : 0;
        if (lane.outcome() == VariantOutcome.NOT_ASKED) {
            notAsked = notAsked.plus(earlier.costUsd());
        } else {
            compared = compared.plus(earlier.costUsd());
            asked = asked.plus(lane.lane().costUsd());
        }
    }

    synchronized ReplayReport report(String what) {
        return new ReplayReport(
                what,
                entries,
                records,
                variant.exists() ? totals() : null,
                production.text(),
                List.copyOf(shown),
                omitted);
    }

    private VariantTotals totals() {
        var difference = compared.usd() == null || asked.usd() == null
                ? Optional.<BigDecimal>empty()
                : Optional.of(asked.usd().subtract(compared.usd()));
        return new VariantTotals(
                variant.model().orElse(null),
                variant.prompt().isPresent(),
                variant.live(),
                outcomes,
                dangerous,
                compared.text(),
                asked.text(),
                Lanes.usd(difference),
                notAsked.text());
    }
}
