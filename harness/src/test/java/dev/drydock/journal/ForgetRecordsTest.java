package dev.drydock.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.NoteAgent;
import dev.drydock.NoteAgent.Note;
import dev.drydock.agent.Mode;
import dev.drydock.database.Database;
import dev.drydock.run.AgentRunner;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import jakarta.inject.Inject;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ForgetRecordsTest {

    private static final int ALL = 10_000;
    private final Instant longAgo = Instant.now().minus(1000, ChronoUnit.DAYS);

    @Inject
    ForgetRecords forget;

    @Inject
    AgentRunner runner;

    @Inject
    RunJournal runs;

    @Inject
    JournalQueries journal;

    @Inject
    Ageing ageing;

    @Inject
    Jdbi jdbi;

    @Inject
    CircuitBreakerMaintenance circuits;

    private final NoteAgent agent = new NoteAgent();
    private final String name = agent.spec().name();

    @BeforeEach
    void forget_what_other_tests_left() {
        circuits.resetAll();
        forget.calls(longAgo, ALL);
        forget.payloads(longAgo, ALL);
        forget.runs(longAgo, ALL);
    }

    @Test
    void forgets_runs_but_the_last_completed_one_from_which_the_next_window_begins() {
        for (int cycle = 0; cycle < 3; cycle++) {
            run(Mode.SHADOW);
        }
        agent.fetch = window -> {
            throw new IOException("connection refused");
        };
        run(Mode.SHADOW);
        var completed = journal.runs(name, 10).get(1);
        ageing.yearsPass(name);

        assertThat(forget.runs(longAgo, ALL)).isEqualTo(3);

        assertThat(journal.runs(name, 10)).extracting(Run::id).containsExactly(completed.id());
        var settings = agent.in(Mode.SHADOW).settings();
        assertThat(runs.windowFor(name, settings.lookBack(), settings.overlap()).first())
                .isFalse();
    }

    @Test
    void keeps_a_run_as_long_as_what_belongs_to_it() {
        run(Mode.SHADOW, "a");
        var first = journal.runs(name, 10).get(0);
        run(Mode.SHADOW);
        ageing.yearsPass(name);

        assertThat(forget.runs(longAgo, ALL)).isZero();
        forget.payloads(longAgo, ALL);
        assertThat(forget.runs(longAgo, ALL)).isEqualTo(1);

        assertThat(journal.run(first.id())).isEmpty();
        assertThat(entry("a").runId()).isNull();
    }

    @Test
    void forgets_old_calls_and_what_old_days_have_cost() {
        ageing.called(name, longAgo.minusSeconds(1), "0.01");
        ageing.called(name, longAgo.plusSeconds(1), "0.01");
        var day = LocalDate.of(2001, 1, 1);
        for (var spent : new LocalDate[] {day, day.plusDays(1), day.plusDays(2)}) {
            jdbi.useHandle(handle -> handle.execute(
                    "insert into spend (day, scope, spent_usd) values (?, ?, ?)", spent, name, BigDecimal.ONE));
        }

        assertThat(forget.calls(longAgo, ALL)).isEqualTo(1);
        assertThat(forget.spending(day.plusDays(2), 1)).isEqualTo(1);
        assertThat(forget.spending(day.plusDays(2), ALL)).isEqualTo(1);
        assertThat(forget.spending(day.plusDays(3), ALL)).isEqualTo(1);
    }

    @Test
    void forgets_the_figures_of_old_days() {
        for (var day : new Instant[] {longAgo, longAgo.minus(1, ChronoUnit.DAYS)}) {
            jdbi.useHandle(handle -> handle.execute("insert into day_figures values (?, 'calls', ?, '{}')", name, day));
        }

        assertThat(forget.figures(longAgo, ALL)).isEqualTo(1);
        assertThat(forget.figures(longAgo.plusSeconds(1), ALL)).isEqualTo(1);
    }

    @Test
    void forgets_answers_that_may_not_be_used_again() {
        var old = Database.newId().toString();
        jdbi.useHandle(handle -> handle.execute(
                "insert into cached_answer (key, response, expires_at) values (?, '{}', ?)", old, longAgo));

        assertThat(forget.answers(longAgo, ALL)).isZero();
        assertThat(forget.answers(longAgo.plusSeconds(1), ALL)).isEqualTo(1);
    }

    @Test
    void forgets_pauses_that_have_ended() {
        var old = Database.newId().toString();
        jdbi.useHandle(handle -> handle.execute("insert into pause (key, ends_at) values (?, ?)", old, longAgo));

        assertThat(forget.pauses(longAgo, ALL)).isZero();
        assertThat(forget.pauses(longAgo.plusSeconds(1), ALL)).isEqualTo(1);
    }

    private void run(Mode mode, String... ids) {
        agent.notes = Arrays.stream(ids).map(Note::new).toList();
        runner.run(agent.in(mode));
    }

    private Entry entry(String itemId) {
        return journal.entries(name, null, 1000).stream()
                .filter(entry -> entry.itemId().equals(itemId))
                .findFirst()
                .orElseThrow();
    }
}
