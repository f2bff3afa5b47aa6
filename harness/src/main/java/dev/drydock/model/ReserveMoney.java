package dev.drydock.model;

import dev.drydock.config.DrydockConfig;
import dev.drydock.journal.SpendLedger;
import dev.drydock.journal.SpendLedger.Limit;
import dev.drydock.journal.SpendLedger.Reservation;
import dev.langchain4j.exception.TimeoutException;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Reserves money for a call. While others' reservations stand in the way, it waits for them to be settled. */
@Singleton
class ReserveMoney {

    private static final int PAUSE_MILLIS = 100;

    private final SpendLedger ledger;
    private final DrydockConfig config;

    /** The day that each scope is known to be opened for. */
    private final Map<String, LocalDate> opened = new ConcurrentHashMap<>();

    ReserveMoney(SpendLedger ledger, DrydockConfig config) {
        this.ledger = ledger;
        this.config = config;
    }

    /** Throws {@link BudgetSpentException} if the day's limit does not reach, {@link NotNowException} if others hold it too long. */
    Reservation reserve(Limit limit, LocalDate day, BigDecimal amountUsd, Duration longest) {
        open(limit.scope(), day);
        var attempts = 1 + config.model().longestWait().toMillis() / PAUSE_MILLIS;
        for (var attempt = 0L; attempt < attempts; attempt++) {
            var reservation = ledger.reserve(limit, day, amountUsd, longest);
            if (reservation.isPresent()) {
                return reservation.get();
            }
            ledger.giveBackExpired();
            var spent = ledger.day(limit.scope(), day).orElseThrow().spentUsd();
            if (spent.add(amountUsd).compareTo(limit.dailyUsd()) > 0) {
                throw new BudgetSpentException("%s USD of the day's %s%s are spent, and the next call may cost %s"
                        .formatted(
                                spent.stripTrailingZeros().toPlainString(),
                                limit.dailyUsd().toPlainString(),
                                limit.scope().isEmpty() ? "" : " for " + limit.scope(),
                                amountUsd.stripTrailingZeros().toPlainString()));
            }
            pause();
        }
        throw new NotNowException("what is left of the day's budget is reserved for other calls");
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
            Thread.currentThread().interrupt();
            throw new TimeoutException("interrupted while waiting for the budget");
        }
    }
}
