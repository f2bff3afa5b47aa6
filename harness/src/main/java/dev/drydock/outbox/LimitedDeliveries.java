package dev.drydock.outbox;

import dev.drydock.config.RegisteredAgent;
import dev.drydock.http.RequestPace;
import dev.drydock.journal.EntryHistory;
import dev.drydock.journal.EntryState;
import dev.drydock.journal.Pauses;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Which agents' outputs wait because their target takes only so many in a time: known to all processes. */
@Singleton
public class LimitedDeliveries {

    /** So long after outputs last waited, they count as waiting: a process may have restarted. */
    private static final Duration VALID = Duration.ofMinutes(1);

    private final Pauses pauses;
    private final EntryHistory entries;
    private final DeliverStage stage;
    private final InstantSource clock;

    LimitedDeliveries(Pauses pauses, EntryHistory entries, DeliverStage stage, InstantSource clock) {
        this.pauses = pauses;
        this.entries = entries;
        this.stage = stage;
        this.clock = clock;
    }

    /** Notes that outputs of the agent wait for their turn. Cheap: it is stored twice a minute. */
    void note(RegisteredAgent<?, ?> agent) {
        var now = clock.instant();
        var soon = now.plus(VALID.dividedBy(2));
        if (pauses.until(key(agent)).filter(soon::isBefore).isEmpty()) {
            pauses.extend(key(agent), now.plus(VALID));
        }
    }

    /** What waits, for whom and about how long, in one sentence; empty if no output waits for its turn. */
    public Optional<String> describe(RegisteredAgent<?, ?> agent) {
        return pauses.until(key(agent))
                .flatMap(end -> entries.waiting(agent.name(), EntryState.PENDING))
                .map(waiting -> "%,d outputs wait for the rate limit of their receiver%s."
                        .formatted(waiting.entries(), howLong(stage.paceOf(agent), waiting.entries())));
    }

    /** As far as this process knows. */
    private static String howLong(RequestPace pace, long number) {
        return pace.interval()
                .map(each -> ": %s takes one in %.1f s, so this takes about %d min"
                        .formatted(
                                pace.name(),
                                each.toMillis() / 1000.0,
                                each.multipliedBy(number).plusSeconds(59).toMinutes()))
                .orElse("");
    }

    private static String key(RegisteredAgent<?, ?> agent) {
        return "outputs of " + agent.name() + " wait";
    }
}
