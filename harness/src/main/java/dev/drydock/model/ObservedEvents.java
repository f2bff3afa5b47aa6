package dev.drydock.model;

import dev.langchain4j.observability.api.AiServiceListenerRegistrar;
import dev.langchain4j.observability.api.DefaultAiServiceListenerRegistrar;
import dev.langchain4j.observability.api.event.AiServiceEvent;
import dev.langchain4j.observability.api.listener.AiServiceListener;
import dev.langchain4j.spi.observability.AiServiceListenerRegistrarFactory;
import io.quarkiverse.langchain4j.observability.AiServiceSelectorLiteral;
import io.quarkiverse.langchain4j.observability.listener.AiServiceListenerAdapter;
import io.quarkus.arc.Arc;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Fires the events of an AI service that somebody observes, and no others: the platform looks for the observers of each event anew, which
 * takes a quarter of the time of a replay.
 */
@RegisterForReflection // a service
public final class ObservedEvents implements AiServiceListenerRegistrarFactory {

    @Override
    public AiServiceListenerRegistrar get() {
        return new Registrar();
    }

    /** Of one AI service. */
    private static final class Registrar extends DefaultAiServiceListenerRegistrar {

        private final Map<Class<?>, Boolean> observed = new ConcurrentHashMap<>();

        /** Events with a listener that is no bean. */
        private final Set<Class<?>> listened = ConcurrentHashMap.newKeySet();

        private Class<?> service = Object.class;

        @Override
        public <T extends AiServiceEvent> void register(AiServiceListener<T> listener) {
            if (listener instanceof AiServiceListenerAdapter<T> adapter) {
                service = adapter.aiServiceClass();
            } else {
                listened.add(listener.getEventClass());
            }
            super.register(listener);
        }

        @Override
        public <T extends AiServiceEvent> void fireEvent(T event) {
            var type = event.eventClass();
            if (listened.contains(type) || observed.computeIfAbsent(type, unknown -> isObserved(event))) {
                super.fireEvent(event);
            }
        }

        private boolean isObserved(AiServiceEvent event) {
            var selector =
                    AiServiceSelectorLiteral.builder().aiServiceClass(service).build();
            return !Arc.container()
                    .beanManager()
                    .resolveObserverMethods(event, selector)
                    .isEmpty();
        }
    }
}
