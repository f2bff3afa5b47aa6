package dev.drydock.tool;

import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static dev.drydock.journal.Notification.Type.OPENED;
import static dev.drydock.journal.Notification.Type.RESOLVED;
import static dev.drydock.model.ModelServer.completion;
import static dev.drydock.model.ModelServer.toolCall;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.NoteAgent;
import dev.drydock.NoteAgent.Verdict;
import dev.drydock.Servers;
import dev.drydock.TestSettings;
import dev.drydock.agent.Mode;
import dev.drydock.agent.NotDoneException;
import dev.drydock.alert.SentAlerts;
import dev.drydock.config.Agents;
import dev.drydock.config.SettingsException;
import dev.drydock.journal.Entry;
import dev.drydock.journal.EntryState;
import dev.drydock.journal.HoldReason;
import dev.drydock.journal.JournalQueries;
import dev.drydock.journal.ReviewEntries;
import dev.drydock.model.ModelServer;
import dev.drydock.run.AgentRunner;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Decisions that say something was done, by an agent that has told which tool does it. */
@QuarkusTest
@WithTestResource(Servers.class)
class ClaimTest {

    @ModelServer.Inject
    ModelServer server;

    @Inject
    Operator operator;

    @Inject
    Operator.Levers levers;

    @Inject
    AgentRunner runner;

    @Inject
    JournalQueries journal;

    @Inject
    ReviewEntries review;

    @Inject
    SentAlerts sent;

    private final NoteAgent agent = new NoteAgent("a");

    @BeforeEach
    void start_anew() {
        agent.decide = note -> new Verdict(operator.operate(note.text()));
        agent.effects = Map.of("LIT", "light", "SOLD", "sell");
        levers.reset();
        server.forget();
    }

    @Test
    void without_the_call_is_held_in_every_mode() {
        for (var mode : Mode.values()) {
            var claimant = new NoteAgent("a");
            claimant.effects = agent.effects;
            claimant.decide = agent.decide;
            server.answerContent("LIT");

            runner.run(claimant.in(mode));

            var entry = journal.entries(claimant.spec().name(), null, 1).get(0);
            assertThat(entry.state()).isEqualTo(EntryState.HELD);
            assertThat(entry.holdReason()).isEqualTo(HoldReason.CLAIM);
            assertThat(entry.fault()).contains("LIT", "light");
            assertThat(claimant.delivered).isEmpty();
        }
    }

    @Test
    void names_a_tool_that_exists_or_ends_the_start() {
        var config = TestSettings.of(Map.of());
        var registered = new Agents(Stream.of(agent), config);
        assertThatCode(new CheckEffects(registered)::check).doesNotThrowAnyException();

        agent.effects = Map.of("LIT", "Levers.light", "SOLD", "sale");

        assertThatThrownBy(new CheckEffects(new Agents(Stream.of(agent), config))::check)
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("agent " + agent.spec().name() + ": effects(…) in its spec() names the tool sale"
                        + " for the label SOLD, and no method with @Tool has this name")
                .hasMessageContaining("Operator.Levers.sell")
                .hasMessageNotContaining("LIT");
    }

    @Test
    void without_the_call_alerts_at_once_until_it_is_rejected() {
        server.answerContent("LIT");
        runner.run(agent.in(Mode.LIVE));
        assertThat(sent.of("unverified-calls", agent.in(Mode.LIVE))).containsExactly(OPENED);
        assertThat(sent.alerts("unverified-calls", agent.spec().name()).get(0).summary())
                .contains(
                        "0 entries wait because a tool call may have been made (UNSURE), 1 because a decision claims");

        review.reject(entry().id());

        assertThat(sent.of("unverified-calls", agent.in(Mode.LIVE))).containsExactly(OPENED, RESOLVED);
    }

    @Test
    void without_the_call_cannot_be_approved() {
        server.answerContent("LIT");
        runner.run(agent.in(Mode.LIVE));

        assertThat(review.approve(entry().id())).isFalse();
        assertThat(review.reject(entry().id())).isTrue();
    }

    @Test
    void with_another_call_is_held() {
        server.answerInTurn(toolCall("window", "{\"room\":\"hall\"}"), completion("LIT"));

        runner.run(agent.in(Mode.LIVE));

        assertThat(entry().holdReason()).isEqualTo(HoldReason.CLAIM);
    }

    @Test
    void with_a_call_that_changed_nothing_is_held() {
        levers.failNext(new NotDoneException("There is no hall"));
        server.answerInTurn(toolCall("light", "{\"room\":\"hall\"}"), completion("LIT"));

        runner.run(agent.in(Mode.LIVE));

        assertThat(entry().holdReason()).isEqualTo(HoldReason.CLAIM);
    }

    @Test
    void of_a_rule_is_held_too() {
        var ruling = new NoteAgent("a") {
            @Override
            public Optional<Verdict> rule(Note note) {
                return Optional.of(new Verdict("LIT"));
            }
        };
        ruling.effects = agent.effects;

        runner.run(ruling.in(Mode.LIVE));

        assertThat(journal.entries(ruling.spec().name(), null, 1).get(0).holdReason())
                .isEqualTo(HoldReason.CLAIM);
    }

    @Test
    void with_the_call_is_delivered() {
        server.answerInTurn(toolCall("light", "{\"room\":\"hall\"}"), completion("LIT"));

        runner.run(agent.in(Mode.LIVE));

        assertThat(entry().state()).isEqualTo(EntryState.DELIVERED);
    }

    @Test
    void with_the_call_of_an_earlier_attempt_is_delivered() {
        server.answerInTurn(toolCall("light", "{\"room\":\"hall\"}"), serverError(), completion("LIT"));

        runner.run(agent.in(Mode.LIVE));

        assertThat(levers.pulled()).containsExactly("light hall");
        assertThat(entry().state()).isEqualTo(EntryState.DELIVERED);
    }

    @Test
    void with_the_call_proposed_is_shadowed_and_reviewed() {
        server.answerInTurn(toolCall("light", "{\"room\":\"hall\"}"), completion("LIT"));
        runner.run(agent.in(Mode.SHADOW));
        assertThat(entry().state()).isEqualTo(EntryState.SHADOWED);

        server.answerInTurn(toolCall("sell", "{\"house\":\"number 7\"}"), completion("SOLD"));
        agent.notes = List.of(new NoteAgent.Note("b"));
        runner.run(agent.in(Mode.REVIEW));
        assertThat(entry().holdReason()).isEqualTo(HoldReason.APPROVAL);
    }

    @Test
    void with_a_call_that_waits_is_delivered_once_it_is_made() {
        server.answerInTurn(toolCall("sell", "{\"house\":\"number 7\"}"), completion("SOLD"));
        runner.run(agent.in(Mode.LIVE));
        assertThat(entry().holdReason()).isEqualTo(HoldReason.APPROVAL);

        assertThat(review.approve(entry().id())).isTrue();
        runner.run(agent.in(Mode.LIVE));

        assertThat(levers.pulled()).containsExactly("sell number 7");
        assertThat(entry().state()).isEqualTo(EntryState.DELIVERED);
    }

    @Test
    void of_another_label_needs_no_call() {
        server.answerContent("dark");

        runner.run(agent.in(Mode.LIVE));

        assertThat(entry().state()).isEqualTo(EntryState.DELIVERED);
    }

    private Entry entry() {
        return journal.entries(agent.spec().name(), null, 1).get(0);
    }
}
