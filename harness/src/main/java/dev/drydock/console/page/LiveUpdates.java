package dev.drydock.console.page;

import dev.drydock.concurrent.GracefulShutdown;
import dev.drydock.judge.replay.PromptTrial;
import dev.drydock.judge.replay.PromptTrials.Progress;
import dev.drydock.run.RunEvent;
import io.quarkus.runtime.LaunchMode;
import io.smallrye.mutiny.Multi;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Tells open pages that something has changed, so that they load what they show again: at most once in two seconds while runs
 * of this process go on, and every half a minute for what other processes do.
 */
@Singleton
@Path("/live")
public class LiveUpdates {

    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final long LOOKS_IN_SILENCE = 15;
    private static final long RECONNECT_MILLIS = 1_000;

    /** In dev mode, a page that connects may be older than the code. */
    private static final boolean RESTARTS = LaunchMode.current() == LaunchMode.DEVELOPMENT;

    private final GracefulShutdown shutdown;
    private final AtomicLong changes = new AtomicLong();

    LiveUpdates(GracefulShutdown shutdown) {
        this.shutdown = shutdown;
    }

    void changed(@Observes RunEvent event) {
        changes.incrementAndGet();
    }

    void decided(@Observes Progress progress) {
        changes.incrementAndGet();
    }

    void tried(@Observes PromptTrial trial) {
        changes.incrementAndGet();
    }

    /** Ends when the process stops; browsers then connect to its replacement. */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Multi<OutboundSseEvent> events(@Context Sse sse) {
        var seen = new AtomicLong(changes.get());
        return Multi.createFrom()
                .ticks()
                .every(LOOK)
                .onOverflow()
                .drop()
                .select()
                .first(tick -> !shutdown.stopping())
                .select()
                .where(tick -> isNew(seen) || (tick == 0 && RESTARTS) || (tick + 1) % LOOKS_IN_SILENCE == 0)
                .map(tick -> sse.newEventBuilder()
                        .name("changed")
                        .reconnectDelay(RECONNECT_MILLIS)
                        .data("now")
                        .build());
    }

    private boolean isNew(AtomicLong seen) {
        var now = changes.get();
        return seen.getAndSet(now) != now;
    }
}
