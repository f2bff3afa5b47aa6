package dev.drydock.offline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.NoteAgent;
import dev.drydock.NoteAgent.Verdict;
import dev.drydock.agent.Mode;
import dev.drydock.journal.JournalQueries;
import dev.drydock.run.AgentRunner;
import dev.drydock.tool.Operator;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** Tools, called by the offline model over HTTP as by any other. */
@QuarkusTest
class OfflineToolsTest {

    @Inject
    Operator operator;

    @Inject
    Operator.Levers levers;

    @Inject
    AgentRunner runner;

    @Inject
    JournalQueries journal;

    @Test
    void are_called_once_before_the_answer() {
        levers.pulled().clear();
        var agent = new NoteAgent("a");
        agent.decide = note -> new Verdict(operator.operate("It is dark, please turn on the light in the hall."));

        runner.run(agent.in(Mode.LIVE));

        assertThat(levers.pulled()).singleElement().asString().startsWith("light ");
        assertThat(journal.entries(agent.spec().name(), null, 1))
                .singleElement()
                .satisfies(entry -> assertThat(entry.label()).contains("turn on the light"));
    }
}
