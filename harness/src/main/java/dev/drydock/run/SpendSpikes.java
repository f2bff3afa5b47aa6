package dev.drydock.run;

import dev.drydock.config.DrydockConfig;
import dev.drydock.database.Database;
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
import java.util.Optional;
import org.jboss.logging.Logger;

/** Notifications when a day costs an agent far more than its days usually do. It only tells; the budget is what stops. */
@Singleton
public class SpendSpikes {

    private static final Logger LOG = Logger.getLogger(SpendSpikes.class);

    private final JournalFigures figures;
    private final NoteSpendSpike spike;
    private final Event<RunEvent> events;
    private final ZoneId zone;
    private final BigDecimal factor;
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
        this.factor = BigDecimal.valueOf(config.alerts().rules().spendSpike());
        this.clock = clock;
    }

    /** While the database is away, there is nothing to compare. */
    void look(@Observes CycleEnded cycle) {
        try {
            look(cycle.agent(), LocalDate.ofInstant(clock.instant(), zone));
        } catch (RuntimeException e) {
            if (!Database.isUnavailable(e)) {
                throw e;
            }
        }
    }

    private void look(String agent, LocalDate today) {
        today(agent).filter(spiked -> spike.note(agent, today)).ifPresent(this::tell);
    }

    /** What today has cost, if that is far more than a day usually does. */
    public Optional<SpendSpiked> today(String agent) {
        var today = LocalDate.ofInstant(clock.instant(), zone);
        var spent = figures.spendByDay(agent, today, today, zone).get(today);
        if (spent == null) {
            return Optional.empty();
        }
        var before = figures.spendByDay(agent, today.minusDays(UsualDay.DAYS), today.minusDays(1), zone);
        return UsualDay.of(before.values())
                .filter(usual -> spent.compareTo(usual.multiply(factor)) > 0)
                .map(usual -> new SpendSpiked(agent, spent, usual));
    }

    private void tell(SpendSpiked spiked) {
        LOG.warnf(
                "%s has cost %s USD today, where a day costs %s; it goes on as far as the budget reaches",
                spiked.agent(), usd(spiked.todayUsd()), usd(spiked.usualUsd()));
        events.fire(spiked);
    }

    private static String usd(BigDecimal amount) {
        return amount.setScale(4, RoundingMode.HALF_UP).toPlainString();
    }
}
