package dev.drydock.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.NoteAgent;
import dev.drydock.NoteAgent.Verdict;
import dev.drydock.Servers;
import dev.drydock.agent.Mode;
import dev.drydock.tool.Operator;
import dev.langchain4j.observability.api.event.AiServiceCompletedEvent;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Events of AI services, for an agent's own beans that observe them. */
@QuarkusTest
@WithTestResource(Servers.class)
class ObservedEventsTest {

    /** A bean of a user. */
    @Singleton
    static class Completions {

        final AtomicInteger seen = new AtomicInteger();

        void completed(@Observes AiServiceCompletedEvent event) {
            seen.incrementAndGet();
        }
    }

    @ModelServer.Inject
    ModelServer server;

    @Inject
    Completions completions;

    @Inject
    Operator operator;

    @Inject
    Door door;

    @Test
    void come_once_for_each_call() {
        door.closeCircuits();
        server.answerContent("BUG");
        var agent = new NoteAgent("a", "b");
        agent.decide = note -> new Verdict(operator.operate(note.text()));
        var before = completions.seen.get();

        door.run(agent.in(Mode.SHADOW));

        assertThat(completions.seen.get() - before).isEqualTo(2);
        assertThat(door.allCalls(agent))
                .extracting(call -> call.prompt().name())
                .as("by the event of its begin")
                .containsOnly("Operator.operate");
    }
}
