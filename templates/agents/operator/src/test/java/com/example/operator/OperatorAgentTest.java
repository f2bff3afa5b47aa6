package com.example.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.operator.OperatorAgent.Action;
import com.example.operator.OperatorAgent.Outcome;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.agent.NotDoneException;
import dev.drydock.connect.Message;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the rules and the checks of the tools in plain Java, without a harness, a database or a model. */
class OperatorAgentTest {

    @TempDir
    Path accounts;

    @SuppressWarnings("NullAway") // rules and spec use no collaborator
    private final OperatorAgent agent = new OperatorAgent(null, null, null, null);

    private OperatorAgent.Desk desk;

    @BeforeEach
    @SuppressWarnings("NullAway") // refused calls use no channel
    void furnish_the_desk() throws IOException {
        Files.writeString(accounts.resolve("A-1.json"), "{\"number\": \"A-1\", \"plan\": \"Team\", \"paid\": 98.00}");
        Files.writeString(accounts.resolveSibling("secret.json"), "{\"plan\": \"hush\"}");
        desk = new OperatorAgent.Desk(accounts, new ObjectMapper(), null);
    }

    @Test
    void gives_a_person_what_cannot_be_read() {
        var empty = new Message("a.txt", "1", "", "a", "", Map.of(), List.of(), Optional.of("the file is empty"));

        assertThat(agent.rule(empty))
                .contains(new Outcome(Action.ESCALATED, "The ticket cannot be read: the file is empty"));
    }

    @Test
    void takes_it_for_dangerous_to_pay_money_back_for_nothing() {
        var dangerous = agent.spec().dangerous();
        var refunded = new Outcome(Action.REFUNDED, "");
        var closed = new Outcome(Action.CLOSED, "");

        assertThat(dangerous.test(closed, refunded)).isTrue();
        assertThat(dangerous.test(refunded, closed)).isFalse();
        assertThat(dangerous.test(refunded, refunded)).isFalse();
    }

    @Test
    void looks_up_accounts_and_nothing_else() throws Exception {
        assertThat(desk.lookUp("A-1")).contains("Team", "98.00");
        assertThat(desk.lookUp("A-2")).isEqualTo("There is no account A-2");
        assertThat(desk.lookUp("../secret")).isEqualTo("There is no account ../secret");
    }

    @Test
    void pays_back_no_more_than_was_paid() {
        for (var amount : List.of("98.01", "0", "-5")) {
            assertThatThrownBy(() -> desk.refund("T-1", "A-1", new BigDecimal(amount)))
                    .isInstanceOf(NotDoneException.class)
                    .hasMessageStartingWith("Refused: A-1 has paid 98.00");
        }
        assertThatThrownBy(() -> desk.refund("T-1", "A-2", BigDecimal.ONE))
                .isInstanceOf(NotDoneException.class)
                .hasMessageStartingWith("Refused: A-2 has paid 0");
    }

    @Test
    void takes_no_name_for_a_number() {
        assertThatThrownBy(() -> desk.close("all of them")).isInstanceOf(NotDoneException.class);
        assertThatThrownBy(() -> desk.restart("T-1", "rm -rf /")).isInstanceOf(NotDoneException.class);
    }

    @Test
    void names_the_tool_behind_each_label_that_says_something_was_done() {
        assertThat(agent.spec().effects())
                .containsOnly(
                        Map.entry("REFUNDED", "refund"), Map.entry("RESTARTED", "restart"), Map.entry("CLOSED", "close"));
    }
}
