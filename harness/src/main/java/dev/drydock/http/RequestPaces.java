package dev.drydock.http;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The pace of each receiver and source, by its name: all agents that use one keep to it together. */
@Singleton
public class RequestPaces {

    private static final double NANOS_PER_SECOND = 1e9;

    private final Map<String, RequestPace> byName = new ConcurrentHashMap<>();
    private final SharedPauses shared;
    private final InstantSource clock;

    public RequestPaces(SharedPauses shared, InstantSource clock) {
        this.shared = shared;
        this.clock = clock;
    }

    /** The pace of an API, as its sources and channels keep it together. */
    public RequestPace of(HttpApi api) {
        return named(api.name(), api.perSecond());
    }

    /**
     * The pace of this name.
     *
     * @param name for messages, and for the pauses that all processes share
     * @param perSecond requests that it is known to take; empty if that is to be learned from its refusals
     */
    public RequestPace named(String name, Optional<Double> perSecond) {
        var interval = perSecond.map(rate -> Duration.ofNanos((long) (NANOS_PER_SECOND / rate)));
        return byName.computeIfAbsent(name, unknown -> new RequestPace(name, interval, shared, clock));
    }
}
