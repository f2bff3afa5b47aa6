package dev.drydock.model;

import dev.drydock.config.ModelSettings;
import dev.drydock.journal.Pauses;
import dev.drydock.model.ModelFault.Kind;
import dev.drydock.model.RateLimit.State;
import io.github.bucket4j.BlockingBucket;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One model: the limit that was learned, the limits that are configured, and how long calls waited for them. */
final class ModelPace {

    private static final int MOST_TIMEOUTS_ALONE = 2;
    private static final int SILENT_TIMEOUTS = 3;

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);

    private final String model;
    private final AdaptiveLimit limit;
    private final Optional<BlockingBucket> calls;
    private final Optional<BlockingBucket> tokens;
    private final ModelSettings settings;
    private final InstantSource clock;
    private final SharedAccount account;
    private final QuotaDoubt doubt;
    private final AtomicLong waitedNanos = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong crowded = new AtomicLong();

    /** Calls that timed out alone since the last answer. */
    private final AtomicInteger timeoutsAlone = new AtomicInteger();

    private volatile long lastAnswerNanos;

    /** What the server said when the account was empty; null if it never was. */
    private volatile @Nullable ModelFault empty;

    ModelPace(String model, int start, ModelSettings settings, InstantSource clock, Pauses pauses) {
        this.model = model;
        this.settings = settings;
        this.clock = clock;
        this.limit = new AdaptiveLimit(start, settings.concurrency(), System::nanoTime, new Random());
        this.account = new SharedAccount(limit, SharedAccount.key(settings, model), pauses, clock);
        this.doubt = new QuotaDoubt(clock);
        this.calls = settings.callsPerMinute().map(number -> bucket(Math.max(1, number / 60), number));
        this.lastAnswerNanos = System.nanoTime() - silence();
        this.tokens = settings.tokensPerMinute().map(number -> bucket(number, number));
    }

    private static BlockingBucket bucket(long capacity, long perMinute) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(capacity).refillGreedy(perMinute, Duration.ofMinutes(1)))
                .build()
                .asBlocking();
    }

    /** {@link AdaptiveLimit#expect}. */
    Optional<Runnable> expect(Duration longest) throws InterruptedException {
        account.heedRefusals();
        return limit.expect(longest);
    }

    /**
     * Waits for the call's turn by all limits. Throws {@link ModelBusyException} if it does not come by the deadline, and {@link
     * ModelRefusedException} as soon as the account is empty.
     *
     * @param size of the call, in tokens
     * @param probe whether it asks if the account still is
     */
    CallInFlight place(LongSupplier size, Instant deadline, boolean probe) {
        var begin = System.nanoTime();
        try {
            account.begin();
            account.heedRefusals();
            var place = limit.acquire(until(deadline), probe).orElseThrow(() -> noTurn("the calls in flight"));
            if (!take(calls, () -> 1, deadline, place)) {
                throw noTurn("DRYDOCK_MODEL_CALLS_PER_MINUTE");
            }
            if (!take(tokens, size, deadline, place)) {
                throw noTurn("DRYDOCK_MODEL_TOKENS_PER_MINUTE");
            }
            if (!probe && limit.isClosed()) {
                place.released();
                throw noTurn("an empty account");
            }
            return place;
        } catch (InterruptedException e) {
            throw ModelFault.interrupted("while waiting for a turn to call the model", e);
        } finally {
            waitedNanos.addAndGet(System.nanoTime() - begin);
        }
    }

    /** Gives up the place where it takes nothing. A call that is larger than a minute's tokens takes a whole minute's. */
    private boolean take(Optional<BlockingBucket> bucket, LongSupplier number, Instant deadline, CallInFlight place)
            throws InterruptedException {
        var taken = bucket.isEmpty();
        try {
            if (!taken) {
                var most = settings.tokensPerMinute().map(Integer::longValue).orElse(Long.MAX_VALUE);
                taken = bucket.get().tryConsume(Math.min(number.getAsLong(), most), until(deadline));
            }
            return taken;
        } finally {
            if (!taken) {
                place.released();
            }
        }
    }

    /** Positive, also where the deadline has passed: a bucket takes nothing else. */
    private Duration until(Instant deadline) {
        var left = Duration.between(clock.instant(), deadline);
        return left.compareTo(Duration.ZERO) > 0 ? left : Duration.ofNanos(1);
    }

    private RuntimeException noTurn(String reason) {
        var fault = empty;
        if (fault != null && limit.isClosed()) {
            return fault.exception(null);
        }
        return Kind.NO_TURN.exception(
                "no turn within %d s, because of %s".formatted(RateLimit.LONGEST_WAIT.toSeconds(), reason));
    }

    /**
     * The server refused a call for now. All processes learn when it takes the next one.
     *
     * @return the fault, or that the account is empty
     */
    ModelFault refused(CallInFlight call, ModelFault fault) {
        var inDoubt = fault.kind() == Kind.QUOTA_IN_DOUBT;
        if (inDoubt && doubt.refused(fault.message())) {
            return emptied(call, fault.emptyAccount());
        }
        refused.incrementAndGet();
        var pause = Optional.ofNullable(fault.retryAt())
                .map(this::until)
                .map(time -> time.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : time);
        call.refused(inDoubt ? Optional.of(QuotaDoubt.MINUTE) : pause);
        account.refused();
        return fault;
    }

    /** The account is empty: calls that have not begun do not begin. Returns the fault. */
    ModelFault emptied(CallInFlight call, ModelFault fault) {
        empty = fault;
        call.refusedForGood();
        return fault;
    }

    /** A call timed out in the server's queue. */
    void countTimeout() {
        crowded.incrementAndGet();
    }

    /** The server answered. */
    void noteAnswer() {
        timeoutsAlone.set(0);
        doubt.answered();
        lastAnswerNanos = System.nanoTime();
    }

    /** A call timed out alone. Returns whether the server answers nobody, as opposed to a single call that takes too long. */
    boolean isUnresponsiveAfterTimeout() {
        return timeoutsAlone.incrementAndGet() >= MOST_TIMEOUTS_ALONE
                && System.nanoTime() - lastAnswerNanos > silence();
    }

    private long silence() {
        return settings.timeout().multipliedBy(SILENT_TIMEOUTS).toNanos();
    }

    boolean isLimited() {
        return limit.state().limited();
    }

    State state() {
        var now = limit.state();
        return new State(
                model,
                now.limit(),
                now.inFlight(),
                now.waiting(),
                now.pause(),
                Duration.ofNanos(waitedNanos.get()),
                refused.get(),
                crowded.get());
    }
}
