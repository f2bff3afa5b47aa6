package dev.drydock.run;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drydock.NoteAgent;
import dev.drydock.agent.Mode;
import dev.drydock.journal.DeferredWrites;
import dev.drydock.journal.EntryState;
import dev.drydock.journal.JournalQueries;
import dev.drydock.journal.RunOutcome;
import dev.drydock.journal.SkipReason;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A database that accepts connections, answers queries, and refuses to write. Triggers refuse in its stead. */
@QuarkusTest
class RefusingDatabaseTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final int FOR_EVER = Integer.MAX_VALUE;

    @Inject
    AgentRunner runner;

    @Inject
    JournalQueries journal;

    @Inject
    DeferredWrites writes;

    @Inject
    Jdbi jdbi;

    private final NoteAgent agent = new NoteAgent("a", "b");
    private final String name = agent.spec().name();

    @AfterEach
    void accept() {
        jdbi.useHandle(handle -> handle.execute("drop function if exists refuse() cascade"));
        await().atMost(LONG).until(() -> writes.waiting() == 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"25006", "53100", "57014"})
    void skips_cycles(String sqlState) {
        refuse("insert", "run", "new.agent = '%s'".formatted(name), sqlState, FOR_EVER);

        var end = runner.run(agent.in(Mode.SHADOW));

        assertThat(end.outcome()).isEqualTo(RunOutcome.SKIPPED);
        assertThat(end.skipReason()).isEqualTo(SkipReason.DATABASE_DOWN);
        assertThat(end.fault()).contains("refused");
        assertThat(agent.windows).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"25006", "53100"})
    void keeps_decisions_in_memory_and_pays_for_none_twice(String sqlState) {
        refuse("update", "entry", "new.agent = '%s' and new.state = 'SHADOWED'".formatted(name), sqlState, FOR_EVER);

        var end = runner.run(agent.in(Mode.SHADOW));

        assertThat(end.skipReason()).isEqualTo(SkipReason.DATABASE_DOWN);
        assertThat(writes.waiting()).isPositive();
        get("/q/health/ready").then().statusCode(503);

        accept();
        await().atMost(LONG)
                .until(() -> journal.entries(name, EntryState.SHADOWED, 10).size() == 2);
        assertThat(agent.decided).hasSize(2);
        assertThat(journal.runs(name, 1)).singleElement().satisfies(run -> {
            assertThat(run.skipReason()).isEqualTo(SkipReason.DATABASE_DOWN);
            assertThat(run.counts().decided()).isEqualTo(2);
        });
        await().atMost(LONG).untilAsserted(() -> get("/q/health/ready").then().statusCode(200));
    }

    @ParameterizedTest
    @ValueSource(strings = {"25006", "53100"})
    void keeps_the_results_of_deliveries_and_sends_none_twice(String sqlState) {
        refuse("update", "entry", "new.agent = '%s' and new.state = 'DELIVERED'".formatted(name), sqlState, FOR_EVER);

        runner.run(agent.in(Mode.LIVE));

        assertThat(journal.entries(name, EntryState.PENDING, 10)).hasSize(2);
        accept();
        await().atMost(LONG)
                .until(() -> journal.entries(name, EntryState.DELIVERED, 10).size() == 2);
        assertThat(agent.delivered).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"40P01", "40001"})
    void is_asked_again_when_another_statement_was_in_the_way(String sqlState) {
        refuse("insert", "entry", "new.agent = '%s'".formatted(name), sqlState, 2);
        refuse("update", "entry", "new.agent = '%s'".formatted(name), sqlState, 2);

        var end = runner.run(agent.in(Mode.LIVE));

        assertThat(end.outcome()).isEqualTo(RunOutcome.COMPLETED);
        assertThat(journal.entries(name, EntryState.DELIVERED, 10)).hasSize(2);
        assertThat(agent.decided).hasSize(2);
        assertThat(agent.delivered).hasSize(2);
    }

    /** Refuses what the condition matches, so many times. A sequence counts, because it is not rolled back. */
    private void refuse(String verb, String table, String condition, String sqlState, int times) {
        var counter = "refusals_" + verb + "_" + name;
        jdbi.useHandle(handle -> {
            handle.execute("create sequence " + counter);
            handle.execute("""
                    create or replace function refuse() returns trigger language plpgsql as $$
                    begin
                        if nextval(TG_ARGV[1]) <= TG_ARGV[2]::bigint then
                            raise exception 'refused' using errcode = TG_ARGV[0];
                        end if;
                        return new;
                    end $$""");
            handle.execute(
                    "create trigger refuse_%s before %s on %s for each row when (%s) execute function refuse('%s', '%s', '%d')"
                            .formatted(counter, verb, table, condition, sqlState, counter, times));
        });
    }
}
