package dev.drydock.model;

import dev.drydock.journal.ModelCall;
import dev.drydock.journal.StoreCalls;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Where the record of a call goes: to the entry that it was made for, to be stored with what became of that; a call on
 * nobody's behalf is stored at once. Whoever observes {@link ModelCall}s hears of each, in the thread that made it.
 */
@Singleton
class CallsOut {

    private final StoreCalls store;
    private final Event<ModelCall> events;

    CallsOut(StoreCalls store, Event<ModelCall> events) {
        this.store = store;
        this.events = events;
    }

    void accept(ModelCall call, Inquiry inquiry) {
        inquiry.behalf().ifPresentOrElse(scope -> scope.add(call), () -> store.store(List.of(call)));
        events.fire(call);
    }
}
