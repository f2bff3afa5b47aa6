package dev.drydock.run;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers every event. */
@Singleton
class Happenings {

    private final List<RunEvent> events = new CopyOnWriteArrayList<>();

    void remember(@Observes RunEvent event) {
        events.add(event);
    }

    List<RunEvent> of(String agent, Class<? extends RunEvent> type) {
        return events.stream()
                .filter(event -> event.agent().equals(agent) && type.isInstance(event))
                .toList();
    }
}
