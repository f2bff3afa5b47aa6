package dev.drydock.model;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.MovableClock;
import dev.drydock.NoteAgent;
import dev.drydock.Servers;
import dev.drydock.agent.Mode;
import dev.drydock.journal.EntryState;
import dev.drydock.journal.SkipReason;
import dev.drydock.journal.SpendLedger;
import dev.langchain4j.model.chat.ChatModel;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a question costs, when it is asked at all, and what is kept of it. */
@QuarkusTest
@WithTestResource(Servers.class)
class DoorTest {

    private static final String FINE = "{\"mood\":\"FINE\",\"why\":\"it is\"}";

    @ModelServer.Inject
    ModelServer server;

    @Inject
    ChatModel model;

    @Inject
    Door door;

    @Inject
    SpendLedger ledger;

    @Inject
    MovableClock clock;

    @BeforeEach
    void start_anew() {
        door.closeCircuits();
        server.answerContent(FINE);
        server.forget();
    }

    @Test
    void ends_the_cycle_when_the_budget_is_spent_and_goes_on_the_next_day() {
        var agent = Asking.about(40, model);
        var spending = agent.spending("0.006"); // one call may cost 0.002 and does cost 0.00017

        var today = door.run(spending);

        assertThat(today.skipReason()).isEqualTo(SkipReason.BUDGET_SPENT);
        assertThat(today.counts().decided()).isBetween(1, 35);
        assertThat(door.entries(agent, EntryState.ADMITTED))
                .hasSize(40 - today.counts().decided())
                .allSatisfy(entry -> assertThat(entry.attempts()).isZero());
        var day = ledger.day(agent.spec().name(), LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC))
                .orElseThrow();
        assertThat(day.spentUsd()).isLessThanOrEqualTo(new BigDecimal("0.006")).isEqualByComparingTo(door.cost(agent));
        assertThat(day.reservedUsd()).isZero();

        clock.advance(Duration.ofDays(1));
        assertThat(door.run(spending).counts().decided()).isPositive();
    }

    @Test
    void asks_once_before_the_next_cycle_when_the_account_was_empty() {
        var agent = Asking.about(3, model);
        server.answerInTurn(aResponse().withStatus(402));
        door.run(agent.in(Mode.SHADOW));
        server.forget();

        var stillEmpty = door.run(agent.in(Mode.SHADOW));

        assertThat(stillEmpty.skipReason()).isEqualTo(SkipReason.QUOTA);
        assertThat(server.requests()).isEqualTo(1);

        server.answerContent(FINE);
        server.forget();
        assertThat(door.run(agent.in(Mode.SHADOW)).counts().decided()).isEqualTo(3);
        assertThat(server.requests()).isEqualTo(1 + 3);
    }

    @Test
    void gives_the_answer_to_the_same_question_again_while_it_is_fresh() {
        var agent = Asking.about("the same", model);
        var caching = agent.cachingFor(Duration.ofHours(1));
        door.run(caching);
        agent.notes = List.of(new NoteAgent.Note("other", "1", "the same"));
        door.run(caching);

        assertThat(server.requests()).isEqualTo(1);
        var again = door.journal()
                .callsOf(door.entries(agent, EntryState.SHADOWED).get(0).id());
        assertThat(again).singleElement().satisfies(call -> {
            assertThat(call.fromCache()).isTrue();
            assertThat(call.costUsd()).isZero();
            assertThat(call.response()).contains("FINE");
        });

        clock.advance(Duration.ofHours(2));
        agent.notes = List.of(new NoteAgent.Note("third", "1", "the same"));
        door.run(caching);
        assertThat(server.requests()).isEqualTo(2);
    }

    @Test
    void asks_each_time_where_caching_is_off() {
        var agent = Asking.about("said twice", model);
        door.run(agent.in(Mode.SHADOW));
        agent.notes = List.of(new NoteAgent.Note("other", "1", "said twice"));
        door.run(agent.in(Mode.SHADOW));

        assertThat(server.requests()).isEqualTo(2);
    }

    @Test
    void masks_secrets_in_what_it_keeps_but_not_in_what_it_asks() {
        var agent = Asking.about("My key is sk-abcdefghijklmnop1234 and I am jo@example.com.", model);

        door.run(agent.in(Mode.SHADOW));

        assertThat(server.lastRequest()).contains("sk-abcdefghijklmnop1234");
        assertThat(door.calls(agent).get(0).request())
                .doesNotContain("sk-abcdefghijklmnop1234")
                .contains("[secret]", "jo@example.com");
    }
}
