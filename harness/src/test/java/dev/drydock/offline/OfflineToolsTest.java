package dev.drydock.offline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.NoteAgent;
import dev.drydock.NoteAgent.Verdict;
import dev.drydock.agent.Mode;
import dev.drydock.journal.JournalQueries;
import dev.drydock.run.AgentRunner;
import dev.drydock.tool.Operator;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Path;
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

    @Test
    void leave_no_claim_of_what_another_tool_does() throws Exception {
        var nearness = new EmbeddingSimilarity();
        var json = new ObjectMapper();
        var request = json.readTree("""
                {"tools": [
                   {"function": {"name": "lookUp", "description": "Looks up an account: which plan it has, and how much it has paid"}},
                   {"function": {"name": "refund", "description": "Pays money back, a refund for a customer who was charged twice or too much"}}],
                 "messages": [{"role": "user", "content": "I was charged twice, I want my money back."},
                   {"role": "assistant", "tool_calls": [{"function": {"name": "lookUp", "arguments": "{}"}}]},
                   {"role": "tool", "content": "plan Team"}],
                 "response_format": {"json_schema": {"schema": {"type": "object", "properties": {"action": {
                   "enum": ["REFUNDED", "ANSWERED", "ESCALATED"],
                   "description": "REFUNDED: money was paid back, a refund for a customer who was charged twice\\nANSWERED: a question about an account, which plan it has, how much it has paid\\nESCALATED: a person must see to it: a complaint"}}}}}}""");
        var answers =
                new SchemaAnswer(json, nearness, new LabelledCases(Path.of("target/no-cases"), json, nearness, false));

        var possible = new ToolChoice(nearness, answers).withoutClaims(request);

        assertThat(answers.answer(request)).contains("REFUNDED");
        assertThat(answers.answer(possible)).doesNotContain("REFUNDED");
        assertThat(possible.findValue("enum")).hasSize(2);
    }
}
