package dev.drydock.model;

import dev.drydock.concurrent.Interrupts;
import dev.drydock.config.DrydockConfig;
import dev.drydock.journal.SpendLedger;
import dev.drydock.journal.SpendLedger.Limit;
import dev.drydock.journal.SpendLedger.Reservation;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Reserves the worst case of a call in the day's budget, and settles the real cost after it. A call that was cut off is
 * settled at its worst case. Without a budget, the database is not asked.
 */
@Singleton
@Priority(ModelInterceptor.BUDGET)
class ReserveBudget implements ModelInterceptor {

    private static final Logger LOG = Logger.getLogger(ReserveBudget.class);

    /** A reservation expires this long after the longest call. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private static final int PAUSE_MILLIS = 100;

    private record Settlement(Reservation reservation, BigDecimal costUsd) {}

    private final Queue<Settlement> unsettled = new ConcurrentLinkedQueue<>();

    /** The day that each scope is known to be opened for. */
    private final Map<String, LocalDate> opened = new ConcurrentHashMap<>();

    private final SpendLedger ledger;
    private final BudgetLimits limits;
    private final CallCost cost;
    private final DrydockConfig config;
    private final InstantSource clock;

    ReserveBudget(SpendLedger ledger, BudgetLimits limits, CallCost cost, DrydockConfig config, InstantSource clock) {
        this.ledger = ledger;
        this.limits = limits;
        this.cost = cost;
        this.config = config;
        this.clock = clock;
    }

    @Override
    public ModelAnswer intercept(ModelRequest request, Next next) {
        var day = today();
        var limits = this.limits.of(request, day);
        if (limits.isEmpty()) {
            return next.proceed(request);
        }
        var worst = worst(request);
        var held = new ArrayList<Reservation>();
        var spent = BigDecimal.ZERO;
        try {
            for (var limit : limits) {
                held.add(reserve(limit, day, worst));
            }
            spent = worst;
            var answer = next.proceed(request);
            spent = cost.of(request, answer).map(CallCost.Cost::usd).orElse(worst);
            return answer;
        } catch (RuntimeException e) {
            spent = spent.signum() == 0
                    ? spent
                    : cost.ofFailure(request, e).map(CallCost.Cost::usd).orElse(worst);
            throw e;
        } finally {
            settle(held, spent);
        }
    }

    private BigDecimal worst(ModelRequest request) {
        return cost.atMost(request)
                .orElseThrow(
                        () -> new BudgetSpentException("a budget is set, but the price of the model %s is not known"
                                .formatted(request.chosen().name())))
                .usd();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), config.zone());
    }

    /**
     * Reserves a share of the worst case of a call that is sent later, for so long. None if no budget is set. It does not wait for
     * other calls.
     */
    List<Reservation> hold(ModelRequest request, BigDecimal share, Duration longest) {
        var held = new ArrayList<Reservation>();
        for (var limit : limits.of(request, today())) {
            var amount = worst(request).multiply(share);
            open(limit.scope(), today());
            var reservation = ledger.reserve(limit, today(), amount, longest);
            if (reservation.isEmpty()) {
                settle(held, BigDecimal.ZERO);
                throw new BudgetSpentException(
                        "the day's %s USD%s are spent, or reserved for calls that wait for an answer"
                                .formatted(limit.dailyUsd().toPlainString(), ofScope(limit)));
            }
            held.add(reservation.get());
        }
        return List.copyOf(held);
    }

    /** Puts the real cost in the place of what was held. A second time changes nothing. */
    void settle(List<Reservation> held, BigDecimal costUsd) {
        held.forEach(reservation -> unsettled.add(new Settlement(reservation, costUsd)));
        settle();
    }

    private static String ofScope(Limit limit) {
        return limit.scope().isEmpty() ? "" : " for " + limit.scope();
    }

    /**
     * While the reservations of other calls take up the budget, it waits for them to be settled. Throws {@link
     * BudgetSpentException} if the day's limit is too small for this call.
     */
    private Reservation reserve(Limit limit, LocalDate day, BigDecimal amountUsd) {
        open(limit.scope(), day);
        var longestCall = CallInFlight.longest(config.model().timeout());
        var attempts = 1 + RateLimit.LONGEST_WAIT.toMillis() / PAUSE_MILLIS;
        for (var attempt = 0L; attempt < attempts; attempt++) {
            var longest = longestCall.plus(MARGIN);
            var reservation = ledger.reserve(limit, day, amountUsd, longest);
            if (reservation.isPresent()) {
                return reservation.get();
            }
            ledger.giveBackExpired();
            var spent = ledger.day(limit.scope(), day)
                    .orElseThrow()
                    .spentUsd()
                    .add(ledger.heldLonger(limit.scope(), day, longest)); // not settled while this call waits
            if (spent.add(amountUsd).compareTo(limit.dailyUsd()) > 0) {
                throw new BudgetSpentException("%s USD of the day's %s%s are spent, and the next call may cost %s"
                        .formatted(plain(spent), limit.dailyUsd().toPlainString(), ofScope(limit), plain(amountUsd)));
            }
            pause();
        }
        throw ModelFault.Kind.NO_TURN.exception("the rest of the day's budget is reserved for other calls");
    }

    private void open(String scope, LocalDate day) {
        if (!day.equals(opened.get(scope))) {
            ledger.open(scope, day, config.zone());
            opened.put(scope, day);
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            throw ModelFault.interrupted("while waiting for the budget", e);
        }
    }

    /** A cost that the database does not take is settled with the next call. Until then its reservation holds. */
    private void settle() {
        for (var next = unsettled.poll(); next != null; next = unsettled.poll()) {
            var settlement = next;
            try {
                Interrupts.deferred(() -> ledger.settle(settlement.reservation(), settlement.costUsd()));
            } catch (RuntimeException e) {
                unsettled.add(settlement);
                LOG.warn("The cost of a model call could not be stored; it is stored with the next call");
                return;
            }
        }
    }

    private static String plain(BigDecimal usd) {
        return usd.stripTrailingZeros().toPlainString();
    }
}
