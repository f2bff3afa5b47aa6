package dev.drydock.watch;

import dev.drydock.config.DrydockConfig;
import dev.drydock.journal.EntryState;
import dev.drydock.journal.HoldReason;
import dev.drydock.journal.JournalFigures;
import dev.drydock.journal.JournalFigures.OnHold;
import dev.drydock.journal.JournalFigures.OpenAlert;
import dev.drydock.journal.JournalFigures.Standing;
import dev.drydock.journal.SpendLedger;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The journal's figures, cached for ten seconds, however often metrics are scraped. */
@Singleton
class JournalSnapshot {

    private static final Logger LOG = Logger.getLogger(JournalSnapshot.class);

    private static final Duration FRESH = Duration.ofSeconds(10);

    private record Figures(
            Instant at,
            List<Standing> entries,
            List<OnHold> held,
            List<OpenAlert> alerts,
            Map<String, Instant> oldest,
            Map<String, Instant> completed) {}

    private final JournalFigures journal;
    private final SpendLedger ledger;
    private final DrydockConfig config;
    private final InstantSource clock;

    private @Nullable Figures last;

    JournalSnapshot(JournalFigures journal, SpendLedger ledger, DrydockConfig config, InstantSource clock) {
        this.journal = journal;
        this.ledger = ledger;
        this.config = config;
        this.clock = clock;
    }

    long entries(String agent, EntryState state) {
        return figures().entries().stream()
                .filter(standing -> standing.agent().equals(agent) && standing.state() == state)
                .mapToLong(Standing::entries)
                .sum();
    }

    long held(String agent, HoldReason reason) {
        return figures().held().stream()
                .filter(held -> held.agent().equals(agent) && held.reason() == reason)
                .mapToLong(OnHold::entries)
                .sum();
    }

    boolean isAlertOpen(String agent, String rule) {
        return figures().alerts().contains(new OpenAlert(agent, rule));
    }

    Optional<Instant> oldestPending(String agent) {
        return Optional.ofNullable(figures().oldest().get(agent));
    }

    Optional<Instant> lastCompleted(String agent) {
        return Optional.ofNullable(figures().completed().get(agent));
    }

    double spentUsd(String scope) {
        return ledger.day(scope, LocalDate.ofInstant(clock.instant(), config.zone()))
                .map(day -> day.spentUsd().doubleValue())
                .orElse(0.0);
    }

    private synchronized Figures figures() {
        var now = clock.instant();
        if (last == null || Duration.between(last.at(), now).compareTo(FRESH) > 0) {
            last = read(now);
        }
        return last;
    }

    /** A failure is cached as long as a result. */
    private Figures read(Instant now) {
        try {
            return new Figures(
                    now,
                    journal.entries(),
                    journal.held(),
                    journal.openAlerts(),
                    journal.oldestPending(),
                    journal.lastCompleted());
        } catch (RuntimeException e) {
            LOG.warnf(
                    "Cannot read the journal (%s); its metrics have no values until the next successful read",
                    e.getClass().getSimpleName());
            return new Figures(now, List.of(), List.of(), List.of(), Map.of(), Map.of());
        }
    }
}
