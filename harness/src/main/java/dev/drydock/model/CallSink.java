package dev.drydock.model;

import dev.drydock.journal.ModelCall;
import dev.drydock.journal.StoreCalls;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Where the record of a call goes: to the entry that it was made for, to be stored with what became of that; a call on
 * nobody's behalf is stored at once. Whoever observes {@link ModelCall}s hears of each, in the thread that made it.
 */
@Singleton
class CallSink {

    private static final Logger LOG = Logger.getLogger(CallSink.class);

    private final StoreCalls store;
    private final Event<ModelCall> events;

    CallSink(StoreCalls store, Event<ModelCall> events) {
        this.store = store;
        this.events = events;
    }

    void accept(ModelCall call, ModelRequest inquiry) {
        inquiry.behalf().ifPresentOrElse(scope -> scope.add(call), () -> store(call));
        try {
            events.fire(call);
        } catch (RuntimeException e) {
            LOG.errorf(
                    "Who observes model calls has failed (%s); the answer is used",
                    e.getClass().getSimpleName());
        }
    }

    /** An answer is worth more than its record. */
    private void store(ModelCall call) {
        try {
            store.store(List.of(call));
        } catch (RuntimeException e) {
            LOG.errorf(
                    "A call of the model %s could not be recorded; its answer is used",
                    call.route().asked());
        }
    }
}
