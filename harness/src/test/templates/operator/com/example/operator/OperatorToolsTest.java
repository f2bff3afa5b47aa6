package com.example.operator;

import static dev.drydock.model.ModelServer.completion;
import static dev.drydock.model.ModelServer.toolCall;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.config.Agents;
import dev.drydock.journal.Entry;
import dev.drydock.journal.EntryState;
import dev.drydock.journal.HoldReason;
import dev.drydock.journal.JournalQueries;
import dev.drydock.journal.ProposedCall;
import dev.drydock.journal.ReviewEntries;
import dev.drydock.journal.SideEffectJournal;
import dev.drydock.model.ModelServer;
import dev.drydock.run.AgentRunner;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tools called by a model over HTTP, in live mode. */
@QuarkusTest
@TestProfile(OperatorToolsTest.Live.class)
@QuarkusTestResource(value = ModelServer.class, restrictToAnnotatedClass = true)
class OperatorToolsTest {

    private static final Path INBOX = Path.of("target/operator-inbox");
    private static final Path OUTBOX = Path.of("target/operator-outbox");

    private static final String DONE = "{\"action\": \"%s\", \"note\": \"as asked\"}";

    @ModelServer.Inject
    ModelServer server;

    @Inject
    Agents agents;

    @Inject
    AgentRunner runner;

    @Inject
    JournalQueries journal;

    @Inject
    SideEffectJournal sideEffects;

    @Inject
    ReviewEntries review;

    private final String ticket = "T-" + (UUID.randomUUID().hashCode() >>> 1);

    /** Folders of its own, and outputs that are delivered. */
    public static class Live implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "drydock.agents.operator.mode", "live",
                    "drydock.folder.inbox", INBOX.toString(),
                    "drydock.folder.outbox", OUTBOX.toString());
        }
    }

    @BeforeEach
    void file_a_ticket() throws IOException {
        Files.createDirectories(INBOX);
        Files.writeString(INBOX.resolve(ticket + ".txt"), "Something about account A-1042, please.");
        server.forget();
    }

    @Test
    void closes_a_ticket_by_itself() {
        server.answerInTurn(
                toolCall("close", "{\"ticket\": \"%s\"}".formatted(ticket)), completion(DONE.formatted("CLOSED")));

        run();

        assertThat(entry().state()).isEqualTo(EntryState.DELIVERED);
        assertThat(effect().state()).isEqualTo(ProposedCall.State.DONE);
        assertThat(OUTBOX.resolve(ticket + "-close.json")).content().contains(ticket);
    }

    @Test
    void pays_money_back_once_a_person_has_approved_it() {
        var order = OUTBOX.resolve(ticket + "-refund.json");
        refund();

        run();

        assertThat(server.bodies()).anyMatch(request -> request.contains("plan=Team"));
        assertThat(entry().state()).isEqualTo(EntryState.HELD);
        assertThat(effect().tool()).isEqualTo("OperatorAgent.Desk.refund");
        assertThat(effect().state()).isEqualTo(ProposedCall.State.WAITING);
        assertThat(order).doesNotExist();

        assertThat(review.approve(entry().id())).isTrue();
        refund();
        run();

        assertThat(order).content().contains("\"whom\":\"A-1042\"", "\"amount\":49.00");
        assertThat(entry().state()).isEqualTo(EntryState.DELIVERED);
        assertThat(entry().label()).isEqualTo("REFUNDED");
    }

    @Test
    void delivers_no_refund_that_was_not_ordered() {
        server.answerInTurn(toolCall("lookUp", "{\"account\": \"A-1042\"}"), completion(DONE.formatted("REFUNDED")));

        run();

        assertThat(entry().state()).isEqualTo(EntryState.HELD);
        assertThat(entry().holdReason()).isEqualTo(HoldReason.CLAIM);
        assertThat(sideEffects.of(entry().id())).isEmpty();
    }

    @Test
    void tells_the_model_what_its_tools_refuse() {
        server.answerInTurn(
                toolCall("restart", "{\"ticket\": \"%s\", \"job\": \"everything\"}".formatted(ticket)),
                completion(DONE.formatted("ESCALATED")));

        run();

        assertThat(server.lastRequest()).contains("Refused: %s or everything is not a number".formatted(ticket));
        assertThat(OUTBOX.resolve(ticket + "-restart.json")).doesNotExist();
        assertThat(entry().label()).isEqualTo("ESCALATED");
    }

    private void refund() {
        server.answerInTurn(
                toolCall("lookUp", "{\"account\": \"A-1042\"}"),
                toolCall(
                        "refund", "{\"ticket\": \"%s\", \"account\": \"A-1042\", \"amount\": 49.00}".formatted(ticket)),
                completion(DONE.formatted("REFUNDED")));
    }

    private void run() {
        runner.run(agents.named("operator").orElseThrow());
    }

    private Entry entry() {
        return journal.entries("operator", null, 100).stream()
                .filter(entry -> entry.itemId().equals(ticket + ".txt"))
                .findFirst()
                .orElseThrow();
    }

    private ProposedCall effect() {
        return sideEffects.of(entry().id()).get(0);
    }
}
