package dev.drydock.http;

import dev.drydock.agent.RateLimitedException;
import dev.drydock.concurrent.CallPace;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How fast one receiver or source is sent requests: no faster than is known of it, none before the time that it named, and
 * after refusals no faster than it took them. Of a known rate and of a pause, all processes have one together.
 */
public final class RequestPace {

    /** The most that a delivery waits inside its own timeout: a turn is taken before it, unless it sends several requests. */
    public static final Duration WAIT_OF_DELIVERY = Duration.ofSeconds(10);

    private static final int TOO_MANY_REQUESTS = 429;
    private static final Set<Integer> UNAVAILABLE = Set.of(503, 529);
    /** After so long without a request, what was learned no longer holds. */
    private static final long STALE = TimeUnit.MINUTES.toNanos(1);

    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    /** Between two looks at a turn that another process has. */
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(5);

    /** Throws {@link RateLimitedException} if the request was refused for now. */
    @FunctionalInterface
    public interface Request<T> {

        T send() throws IOException, InterruptedException;
    }

    private final String name;
    private final Optional<Duration> interval;
    private final SharedPauses shared;
    private final InstantSource clock;
    private final CallPace learned = new CallPace(System.nanoTime(), new Random());

    /** Held by who waits for the next turn, in the order of arrival. */
    private final ReentrantLock queue = new ReentrantLock(true);

    private long notBefore = System.nanoTime();
    private long lastRequest = notBefore;
    private long lastRefusal = notBefore;

    RequestPace(String name, Optional<Duration> interval, SharedPauses shared, InstantSource clock) {
        this.name = name;
        this.interval = interval;
        this.shared = shared;
        this.clock = clock;
    }

    public String name() {
        return name;
    }

    /** The known time between two requests. */
    public Optional<Duration> interval() {
        return interval;
    }

    /** Whether it is known, or was shown by a refusal, that only so many requests are taken in a time. */
    public synchronized boolean isLimited() {
        var now = System.nanoTime();
        return interval.isPresent()
                || learned.earliest(now) > now
                || (learned.isLimited(now) && now - lastRequest <= STALE);
    }

    /** Until the next request may be sent, as far as this process knows. */
    public synchronized Duration pause() {
        var now = System.nanoTime();
        return Duration.ofNanos(Math.max(0, Math.max(learned.earliest(now), notBefore) - now));
    }

    /** Takes the turn of one request. Returns false if it does not come within {@code longest}. */
    public boolean awaitTurn(Duration longest) throws InterruptedException {
        var deadline = System.nanoTime() + longest.toNanos();
        if (!queue.tryLock(longest.toNanos(), TimeUnit.NANOSECONDS)) {
            return false;
        }
        try {
            for (var wait = take(); !wait.isZero(); wait = take()) {
                var left = deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                TimeUnit.NANOSECONDS.sleep(Math.min(wait.toNanos(), left));
            }
            return true;
        } finally {
            queue.unlock();
        }
    }

    /** Zero if the turn was taken; else how long to wait before the next look. Other processes may be faster. */
    private Duration take() {
        var wait = pause();
        if (!wait.isZero()) {
            return wait;
        }
        var until = interval.map(each -> shared.take(name, each))
                .orElseGet(() -> isLimited() ? shared.until(name) : Optional.empty());
        if (until.isEmpty()) {
            started();
            return Duration.ZERO;
        }
        var left = Duration.between(clock.instant(), until.get());
        return postpone(left.compareTo(SHORTEST_WAIT) > 0 ? left : SHORTEST_WAIT);
    }

    private synchronized Duration postpone(Duration pause) {
        notBefore = Math.max(notBefore, System.nanoTime() + pause.toNanos());
        return pause;
    }

    private synchronized void started() {
        var now = usedNow();
        learned.started(now);
        interval.ifPresent(each -> notBefore = now + each.toNanos());
    }

    /**
     * Sends a request in its turn: the one that the work of this thread holds, or the next one.
     *
     * @throws RateLimitedException if the turn does not come within {@code longestWait}, or the request was refused for now
     */
    public <T> T send(Duration longestWait, Request<T> request) throws IOException, InterruptedException {
        if (!PacedWork.useTurn(this) && (pause().compareTo(longestWait) > 0 || !awaitTurn(longestWait))) {
            throw new RateLimitedException("%s takes the next request later".formatted(name), pause());
        }
        var begin = System.nanoTime();
        try {
            var answer = request.send();
            accepted();
            return answer;
        } catch (RateLimitedException e) {
            refused(begin, e.retryAfter());
            throw e;
        } finally {
            ended();
        }
    }

    /** Throws {@link RateLimitedException} if the response refuses the request for now: 429, or 503 or 529 with a time. */
    public HttpResponse<String> check(HttpResponse<String> response) throws RateLimitedException {
        var status = response.statusCode();
        var pause = RateLimitHints.retryAfter(response.headers(), response.body(), clock.instant());
        if (status == TOO_MANY_REQUESTS || (UNAVAILABLE.contains(status) && pause.isPresent())) {
            throw new RateLimitedException("%s answered %d".formatted(name, status), pause.orElse(null));
        }
        return response;
    }

    /** Learns that a request was taken. */
    public synchronized void accepted() {
        learned.answered(OptionalInt.empty(), Duration.ZERO, 0, usedNow());
    }

    private long usedNow() {
        var now = System.nanoTime();
        if (now - lastRequest > STALE) {
            learned.reset();
        }
        lastRequest = now;
        return now;
    }

    /**
     * Learns from a refusal.
     *
     * @param begin when the request was sent: one that was under way at the refusal before shows nothing new
     */
    public void refused(long begin, Optional<Duration> retryAfter) {
        synchronized (this) {
            var now = usedNow();
            learned.refused(
                    retryAfter.map(pause -> pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE),
                    begin - lastRefusal >= 0,
                    now);
            lastRefusal = now;
        }
        shared.extend(name, clock.instant().plus(pause()));
    }

    /** The next turn of a known rate comes one interval after the answer: however slow requests are, none come too early. */
    private void ended() {
        interval.ifPresent(each -> {
            postpone(each);
            shared.extend(name, clock.instant().plus(each));
        });
    }
}
