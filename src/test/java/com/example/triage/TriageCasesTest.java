package com.example.triage;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.triage.TriageAgent.Category;
import dev.drydock.EvalCases;
import dev.drydock.connect.Message;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The cases that the agent is judged by: what a person would say of a message. */
class TriageCasesTest {

    @Test
    void are_messages_with_what_they_are_about() throws Exception {
        assertThat(EvalCases.read(Path.of("evals/triage/cases.jsonl"), Message.class, Category::valueOf))
                .allSatisfy(each -> assertThat(each.item().body()).isNotBlank())
                .extracting(EvalCases.Case::label)
                .contains(Category.OUTAGE, Category.SECURITY, Category.AUTO_REPLY, Category.SPAM);
    }
}
