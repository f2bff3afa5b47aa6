package dev.drydock.judge.replay;

import dev.drydock.judge.replay.ReplayReport.CandidateTotals;
import dev.drydock.judge.replay.ReplayedEntry.CandidateOutcome;
import dev.drydock.judge.replay.ReplayedEntry.RecordOutcome;
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

    private final Candidate candidate;
    private final Map<RecordOutcome, Integer> records = new EnumMap<>(RecordOutcome.class);
    private final Map<CandidateOutcome, Integer> outcomes = new EnumMap<>(CandidateOutcome.class);
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

    ReplayTally(Candidate candidate) {
        this.candidate = candidate;
    }

    synchronized void add(ReplayedEntry entry) {
        entries++;
        records.merge(entry.records().outcome(), 1, Integer::sum);
        production = production.plus(entry.production().costUsd());
        if (entry.candidate() != null) {
            add(entry.candidate(), entry.production());
        }
        if (!entry.isSame()) {
            shown.add(entry);
            if (shown.size() > MOST_SHOWN) {
                shown.pollLast();
                omitted++;
            }
        }
    }

    private void add(ReplayedEntry.ByCandidate lane, Lane earlier) {
        outcomes.merge(lane.outcome(), 1, Integer::sum);
        dangerous += lane.dangerous() ? 1 : 0;
        if (lane.outcome() == CandidateOutcome.NOT_ASKED) {
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
                candidate.exists() ? totals() : null,
                production.text(),
                List.copyOf(shown),
                omitted);
    }

    private CandidateTotals totals() {
        var difference = compared.usd() == null || asked.usd() == null
                ? Optional.<BigDecimal>empty()
                : Optional.of(asked.usd().subtract(compared.usd()));
        return new CandidateTotals(
                candidate.model().orElse(null),
                candidate.prompt().isPresent(),
                candidate.live(),
                outcomes,
                dangerous,
                compared.text(),
                asked.text(),
                Lanes.usd(difference),
                notAsked.text());
    }
}
