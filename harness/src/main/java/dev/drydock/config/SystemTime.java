package dev.drydock.config;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** The one place that time comes from; a test puts a clock of its own in its stead. */
final class SystemTime {

    private SystemTime() {}

    @Produces
    @Singleton
    @DefaultBean
    static InstantSource clock() {
        return InstantSource.system();
    }
}
