package com.example.blank;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.blank.BlankAgent.Decision;
import com.example.blank.BlankAgent.Needed;
import dev.drydock.connect.Message;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tests the rules in plain Java, without a harness, a database or a model. */
class BlankAgentTest {

    @SuppressWarnings("NullAway") // rules and spec use no collaborator
    private final BlankAgent agent = new BlankAgent(null, null, null);

    @Test
    void sends_a_person_what_cannot_be_read() {
        assertThat(agent.rule(message(Optional.of("the file is empty"))))
                .contains(new Decision(Needed.YES, "It cannot be read: the file is empty"));
    }

    @Test
    void asks_the_model_about_everything_else() {
        assertThat(agent.rule(message(Optional.empty()))).isEmpty();
    }

    @Test
    void labels_a_decision_by_whether_a_person_is_needed() {
        assertThat(agent.spec().label().apply(new Decision(Needed.NO, ""))).isEqualTo("NO");
    }

    private static Message message(Optional<String> unreadable) {
        return new Message("a.txt", "1", "", "a", "text", Map.of(), List.of(), unreadable);
    }
}
