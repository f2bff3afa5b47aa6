package dev.drydock.model;

import dev.drydock.concurrent.Interrupts;
import dev.drydock.config.DrydockConfig;
import dev.drydock.journal.SpendLedger;
import dev.drydock.journal.SpendLedger.Limit;
import dev.drydock.journal.SpendLedger.Reservation;
import dev.langchain4j.model.chat.response.ChatResponse;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jboss.logging.Logger;

/**
 * Holds the worst case of a call, its counted input and the longest answer, against the day's budget, and settles what it
 * really cost. Where no budget is set, nothing is asked of the database.
 */
@Singleton
class HoldBudget implements Step.Layer {

    /** Beyond the call's own timeout, for the way there and back. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private static final Logger LOG = Logger.getLogger(HoldBudget.class);

    private record Settlement(Reservation reservation, BigDecimal costUsd) {}

    private final Queue<Settlement> unsettled = new ConcurrentLinkedQueue<>();
    private final ReserveMoney reserve;
    private final SpendLedger ledger;
    private final WorstCase worstCase;
    private final DrydockConfig config;
    private final InstantSource clock;

    HoldBudget(
            ReserveMoney reserve, SpendLedger ledger, WorstCase worstCase, DrydockConfig config, InstantSource clock) {
        this.reserve = reserve;
        this.ledger = ledger;
        this.worstCase = worstCase;
        this.config = config;
        this.clock = clock;
    }

    @Override
    public ChatResponse ask(ModelRequest inquiry, Step next) {
        var limits = limits(inquiry);
        if (limits.isEmpty()) {
            return next.ask(inquiry);
        }
        var day = LocalDate.ofInstant(clock.instant(), config.zone());
        var estimate = worstCase.of(inquiry);
        var held = new ArrayList<Reservation>();
        var cost = BigDecimal.ZERO;
        try {
            for (var limit : limits) {
                held.add(reserve.reserve(
                        limit,
                        day,
                        estimate.worstUsd(),
                        config.model().timeout().plus(MARGIN)));
            }
            cost = estimate.inputUsd(); // of a call that is cut off, so that nobody knows
            var response = next.ask(inquiry);
            cost = worstCase.settle(inquiry, estimate, response);
            return response;
        } catch (RuntimeException e) {
            cost = Faults.mayHaveBeenAnswered(e) ? cost : BigDecimal.ZERO;
            throw e;
        } finally {
            var settled = cost;
            held.forEach(reservation -> unsettled.add(new Settlement(reservation, settled)));
            settle();
        }
    }

    /** What the database is away for is settled with the next call; until then its reservation stands. */
    private void settle() {
        for (var next = unsettled.poll(); next != null; next = unsettled.poll()) {
            var settlement = next;
            try {
                Interrupts.deferred(() -> ledger.settle(settlement.reservation(), settlement.costUsd()));
            } catch (RuntimeException e) {
                unsettled.add(settlement);
                LOG.warn("The cost of a call could not be settled; it is settled with the next one");
                return;
            }
        }
    }

    private List<Limit> limits(ModelRequest inquiry) {
        var limits = new ArrayList<Limit>();
        config.budget().dailyUsd().ifPresent(usd -> limits.add(new Limit(SpendLedger.ALL, usd)));
        Optional<DecisionContext> behalf = inquiry.behalf();
        behalf.flatMap(scope -> scope.agent().settings().budgetDailyUsd())
                .ifPresent(
                        usd -> limits.add(new Limit(behalf.orElseThrow().agent().name(), usd)));
        return limits;
    }
}
