package dev.drydock.http;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers which sources gave no access. */
@Singleton
class Refusals {

    final List<CredentialsEvent.Refused> events = new CopyOnWriteArrayList<>();

    void remember(@Observes CredentialsEvent.Refused event) {
        events.add(event);
    }
}
