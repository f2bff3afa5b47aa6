package dev.drydock.run;

import dev.drydock.config.DrydockConfig;
import dev.drydock.journal.Database;
import dev.drydock.journal.JournalFigures;
import dev.drydock.journal.NoteSpendSpike;
import dev.drydock.run.RunEvent.CycleEnded;
import dev.drydock.run.RunEvent.SpendSpiked;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Notices when a day costs an agent far more than its days usually do. It only tells; the budget is what stops. */
@Singleton
class SpendSpikes {

    private static final Logger LOG = Logger.getLogger(SpendSpikes.class);
    private static final BigDecimal FACTOR = BigDecimal.valueOf(2);
    private static final int DAYS = 14;
    private static final int TELLING = 3;

    private final JournalFigures figures;
    private final NoteSpendSpike spike;
    private final Event<RunEvent> events;
    private final ZoneId zone;
    private final InstantSource clock;

    SpendSpikes(
            JournalFigures figures,
            NoteSpendSpike spike,
            Event<RunEvent> events,
            DrydockConfig config,
            InstantSource clock) {
        this.figures = figures;
        this.spike = spike;
        this.events = events;
        this.zone = config.zone();
        this.clock = clock;
    }

    /** While the database is away, there is nothing to compare. */
    void look(@Observes CycleEnded cycle) {
        try {
            look(cycle.agent(), LocalDate.ofInstant(clock.instant(), zone));
        } catch (RuntimeException e) {
            if (!Database.isAway(e)) {
                throw e;
            }
        }
    }

    private void look(String agent, LocalDate today) {
        var spent = figures.spendByDay(agent, today, today, zone).get(today);
        if (spent == null) {
            return;
        }
        usual(figures.spendByDay(agent, today.minusDays(DAYS), today.minusDays(1), zone)
                        .values())
                .filter(usual -> spent.compareTo(usual.multiply(FACTOR)) > 0)
                .filter(usual -> spike.note(agent, today))
                .ifPresent(usual -> tell(agent, spent, usual));
    }

    private void tell(String agent, BigDecimal spent, BigDecimal usual) {
        LOG.warnf(
                "%s has cost %s USD today, where a day costs %s; it goes on as far as the budget reaches",
                agent, usd(spent), usd(usual));
        events.fire(new SpendSpiked(agent, spent, usual));
    }

    /** The median; empty if the days are too few to tell. */
    private static Optional<BigDecimal> usual(Collection<BigDecimal> days) {
        if (days.size() < TELLING) {
            return Optional.empty();
        }
        var sorted = days.stream().sorted().toList();
        var middle = sorted.get((days.size() - 1) / 2).add(sorted.get(days.size() / 2));
        return Optional.of(middle.divide(BigDecimal.valueOf(2)));
    }

    private static String usd(BigDecimal amount) {
        return amount.setScale(4, RoundingMode.HALF_UP).toPlainString();
    }
}
