package com.example.triage;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.triage.TriageAgent.Category;
import com.example.triage.TriageAgent.Triage;
import com.example.triage.TriageAgent.Urgency;
import dev.drydock.connect.Message;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the rules in plain Java, without a harness, a database or a model. */
class TriageAgentTest {

    @SuppressWarnings("NullAway") // rules and spec use no collaborator
    private final TriageAgent agent = new TriageAgent(null, null, null, null);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Automatic reply: your ticket",
                "Out of Office: back on Monday",
                "Abwesenheitsnotiz: Urlaub",
                "Réponse automatique : congés"
            })
    void settles_what_a_machine_wrote_by_its_subject(String subject) {
        assertThat(agent.rule(message(subject, Map.of())))
                .hasValueSatisfying(triage -> assertThat(triage.category()).isEqualTo(Category.AUTO_REPLY));
    }

    @Test
    void settles_what_a_machine_sent_by_its_headers() {
        assertThat(agent.rule(message("Hello", Map.of("auto-submitted", "auto-replied"))))
                .isPresent();
        assertThat(agent.rule(message("Hello", Map.of("auto-submitted", "no")))).isEmpty();
    }

    @Test
    void asks_the_model_about_what_a_person_wrote() {
        assertThat(agent.rule(message("Automatic backups fail", Map.of()))).isEmpty();
    }

    @Test
    void says_why_a_file_could_not_be_read() {
        var empty = new Message("a.txt", "1", "", "a", "", Map.of(), List.of(), Optional.of("the file is empty"));

        assertThat(agent.rule(empty)).hasValueSatisfying(triage -> {
            assertThat(triage.category()).isEqualTo(Category.UNREADABLE);
            assertThat(triage.reason()).isEqualTo("the file is empty");
        });
    }

    @Test
    void takes_it_for_dangerous_to_let_an_emergency_lie() {
        var dangerous = agent.spec().dangerous();

        assertThat(dangerous.test(urgency(Urgency.NOW), urgency(Urgency.LATER))).isTrue();
        assertThat(dangerous.test(urgency(Urgency.NOW), urgency(Urgency.TODAY))).isFalse();
        assertThat(dangerous.test(urgency(Urgency.LATER), urgency(Urgency.NOW))).isFalse();
    }

    private static Triage urgency(Urgency urgency) {
        return new Triage(Category.BUG, urgency, "", "");
    }

    private static Message message(String subject, Map<String, String> headers) {
        return new Message("a.eml", "1", "a@b.example", subject, "text", headers, List.of(), Optional.empty());
    }
}
