package dev.drydock.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.drydock.MovableClock;
import dev.drydock.NoteAgent;
import dev.drydock.NoteAgent.Note;
import dev.drydock.NoteAgent.Verdict;
import dev.drydock.agent.Mode;
import dev.drydock.journal.Entry;
import dev.drydock.journal.EntryState;
import dev.drydock.journal.JournalQueries;
import dev.drydock.journal.RunOutcome;
import dev.drydock.journal.SkipReason;
import dev.langchain4j.exception.InternalServerException;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.AbstractList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.Test;

/** The loop, over a real database. */
@QuarkusTest
class CycleTest {

    /** Of a run at an entry: one, and the retries of {@link DecideStage}. */
    private static final int ATTEMPTS = 4;

    @Inject
    AgentRunner runner;

    @Inject
    JournalQueries journal;

    @Inject
    MovableClock clock;

    @Inject
    Jdbi jdbi;

    @Test
    void decides_each_item_once_however_often_it_is_fetched() {
        var agent = new NoteAgent("a", "b", "a");

        var first = runner.run(agent.in(Mode.SHADOW));
        var second = runner.run(agent.in(Mode.SHADOW));

        assertThat(agent.decided).containsExactlyInAnyOrder("a", "b");
        assertThat(first.counts())
                .hasToString("Counts[fetched=3, admitted=2, duplicates=1, decided=2, failed=0, waiting=0]");
        assertThat(second.counts())
                .hasToString("Counts[fetched=3, admitted=0, duplicates=3, decided=0, failed=0, waiting=0]");
    }

    @Test
    void decides_a_new_version_of_an_item_anew() {
        var agent = new NoteAgent("a");
        runner.run(agent.in(Mode.SHADOW));
        agent.notes = List.of(new Note("a", "2", "changed"));

        runner.run(agent.in(Mode.SHADOW));

        assertThat(agent.decided).containsExactly("a", "a");
    }

    @Test
    void withholds_shadow_outputs_for_good_also_after_going_live() {
        var agent = new NoteAgent("a");
        runner.run(agent.in(Mode.SHADOW));
        agent.notes = List.of(new Note("a"), new Note("b"));

        runner.run(agent.in(Mode.LIVE));
        clock.advance(Duration.ofDays(1));
        runner.run(agent.in(Mode.LIVE));

        assertThat(entries(agent))
                .extracting(Entry::itemId, Entry::state)
                .containsExactlyInAnyOrder(tuple("a", EntryState.SHADOWED), tuple("b", EntryState.DELIVERED));
        assertThat(agent.delivered).hasSize(1);
    }

    @Test
    void delivers_each_new_decision_once_in_live_mode() {
        var agent = new NoteAgent("a", "b");

        var first = runner.run(agent.in(Mode.LIVE));
        runner.run(agent.in(Mode.LIVE));

        assertThat(agent.delivered).hasSize(2).doesNotHaveDuplicates();
        assertThat(journal.run(Objects.requireNonNull(first.runId()))
                        .orElseThrow()
                        .delivered())
                .isEqualTo(2);
    }

    @Test
    void goes_on_when_one_entry_fails_and_sets_it_aside_in_the_end() {
        var agent = new NoteAgent("good", "bad");
        agent.decide = note -> {
            if (note.id().equals("bad")) {
                throw new IllegalStateException("cannot decide this");
            }
            return new Verdict("fine");
        };

        var outcomes = IntStream.range(0, 4)
                .mapToObj(cycle -> runner.run(agent.in(Mode.SHADOW)).outcome())
                .toList();

        assertThat(outcomes)
                .containsExactly(
                        RunOutcome.COMPLETED_WITH_ERRORS,
                        RunOutcome.COMPLETED_WITH_ERRORS,
                        RunOutcome.COMPLETED_WITH_ERRORS,
                        RunOutcome.COMPLETED);
        var bad = entry(agent, "bad");
        assertThat(bad.state()).isEqualTo(EntryState.POISONED);
        assertThat(bad.attempts()).isEqualTo(3);
        assertThat(bad.fault()).isEqualTo("IllegalStateException: cannot decide this");
        assertThat(entry(agent, "good").state()).isEqualTo(EntryState.SHADOWED);
    }

    @Test
    void tries_an_entry_once_more_at_its_end_that_the_model_server_failed() {
        var agent = new NoteAgent("lucky", "unlucky");
        agent.decide = note -> isFailed(note, ATTEMPTS, agent) ? serverError() : new Verdict("fine");

        var end = runner.run(agent.in(Mode.SHADOW));

        assertThat(end.outcome()).isEqualTo(RunOutcome.COMPLETED);
        assertThat(end.counts().decided()).isEqualTo(2);
        assertThat(entry(agent, "unlucky").attempts()).isZero();
    }

    @Test
    void counts_one_failure_of_an_entry_that_the_model_server_fails_at_its_end_too() {
        var agent = new NoteAgent("lucky", "unlucky");
        agent.decide = note -> isFailed(note, Integer.MAX_VALUE, agent) ? serverError() : new Verdict("fine");

        var end = runner.run(agent.in(Mode.SHADOW));

        assertThat(end.outcome()).isEqualTo(RunOutcome.COMPLETED_WITH_ERRORS);
        assertThat(Collections.frequency(agent.decided, "unlucky")).isEqualTo(2 * ATTEMPTS);
        assertThat(entry(agent, "unlucky").attempts()).isEqualTo(1);
    }

    @Test
    void leaves_such_an_entry_to_the_next_run_after_its_deadline() {
        var agent = new NoteAgent("lucky", "unlucky");
        agent.decide = note -> isFailed(note, ATTEMPTS, agent) ? serverError() : new Verdict("fine");

        var late = runner.run(agent.in(Mode.SHADOW), new RunRequest(Optional.of(clock.instant()), false));

        assertThat(late.outcome()).isEqualTo(RunOutcome.COMPLETED);
        assertThat(late.counts().decided()).isEqualTo(1);
        assertThat(entry(agent, "unlucky").attempts()).isZero();
        assertThat(runner.run(agent.in(Mode.SHADOW)).counts().decided()).isEqualTo(1);
    }

    /** The server fails the first calls about the unlucky entry. */
    private static boolean isFailed(Note note, int calls, NoteAgent agent) {
        return note.id().equals("unlucky") && Collections.frequency(agent.decided, "unlucky") <= calls;
    }

    private static Verdict serverError() {
        throw new InternalServerException("503");
    }

    @Test
    void stores_a_decision_on_time_though_no_other_entry_begins() throws Exception {
        var agent = new NoteAgent("quick", "slow");
        var goOn = new CountDownLatch(1);
        agent.decide = note -> {
            if (note.id().equals("slow")) {
                goOn.await();
            }
            return new Verdict("fine");
        };
        var cycle = new FutureTask<>(() -> runner.run(agent.in(Mode.SHADOW)));
        new Thread(cycle).start();

        await().atMost(Duration.ofMinutes(1))
                .until(() -> journal.entries(agent.spec().name(), EntryState.SHADOWED, 10)
                                .size()
                        == 1);
        assertThat(goOn.getCount()).isOne();

        goOn.countDown();
        assertThat(cycle.get().counts().decided()).isEqualTo(2);
    }

    @Test
    void reads_back_no_further_than_the_look_back() {
        var agent = new NoteAgent("a");
        runner.run(agent.in(Mode.SHADOW));
        clock.advance(Duration.ofDays(90));

        runner.run(agent.in(Mode.SHADOW));

        assertThat(agent.windows)
                .allSatisfy(window ->
                        assertThat(Duration.between(window.from(), window.to())).isEqualTo(Duration.ofDays(30)));
    }

    @Test
    void stores_texts_that_a_database_cannot_hold_as_near_as_it_can() {
        var agent = new NoteAgent();
        agent.notes = List.of(new Note("nul", "1", "a\0b"), new Note("half a pair \uD800", "1", "\uDC00"));

        runner.run(agent.in(Mode.SHADOW));

        assertThat(entries(agent))
                .hasSize(2)
                .allSatisfy(entry -> assertThat(entry.state()).isEqualTo(EntryState.SHADOWED));
    }

    @Test
    void admits_nothing_of_a_fetch_that_was_interrupted() {
        var agent = new NoteAgent("a");
        agent.fetch = window -> {
            Thread.currentThread().interrupt(); // and what the agent calls takes it for a fault of one item
            return agent.notes;
        };

        assertThat(runner.run(agent.in(Mode.SHADOW)).counts().admitted()).isZero();

        assertThat(entries(agent)).isEmpty();
        agent.fetch = window -> agent.notes;
        assertThat(runner.run(agent.in(Mode.SHADOW)).counts().decided()).isEqualTo(1);
    }

    @Test
    void admits_nothing_if_the_source_fails_or_is_interrupted_while_its_items_are_read() {
        for (var fault : List.of(new IOException("unmounted"), new ClosedByInterruptException())) {
            var agent = new NoteAgent("a");
            agent.fetch = window -> new AbstractList<>() {

                @Override
                public Note get(int index) {
                    if (index == 0) {
                        return new Note("a", "1", "x".repeat(1 << 22)); // more than one statement stores
                    }
                    throw new UncheckedIOException(fault);
                }

                @Override
                public int size() {
                    return 2;
                }
            };

            var result = runner.run(agent.in(Mode.SHADOW));

            assertThat(result.skipReason())
                    .isEqualTo(fault instanceof ClosedByInterruptException ? null : SkipReason.SOURCE_DOWN);
            assertThat(entries(agent)).isEmpty();
        }
    }

    @Test
    void tells_items_with_very_long_ids_apart() {
        var agent = new NoteAgent("x".repeat(5000) + "1", "x".repeat(5000) + "2");

        assertThat(runner.run(agent.in(Mode.SHADOW)).counts().admitted()).isEqualTo(2);
    }

    @Test
    void takes_ten_thousand_items_in_some_dozens_of_statements() {
        var agent = new NoteAgent(
                IntStream.range(0, 10_000).mapToObj(String::valueOf).toArray(String[]::new));
        var statements = new StatementCount();
        var logger = jdbi.getConfig(SqlStatements.class).getSqlLogger();
        jdbi.setSqlLogger(statements);
        try {
            var end = runner.run(agent.in(Mode.SHADOW));

            assertThat(end.counts().decided()).isEqualTo(10_000);
            assertThat(statements.count).isLessThan(150);
        } finally {
            jdbi.setSqlLogger(logger);
        }
    }

    /** Of this thread, which is the cycle's; the timers of the application have theirs. */
    private static final class StatementCount implements SqlLogger {

        private final Thread cycle = Thread.currentThread();
        private int count;

        @Override
        public void logAfterExecution(StatementContext context) {
            if (Thread.currentThread() == cycle) {
                count++;
            }
        }
    }

    private List<Entry> entries(NoteAgent agent) {
        return journal.entries(agent.spec().name(), null, 1000);
    }

    private Entry entry(NoteAgent agent, String itemId) {
        return entries(agent).stream()
                .filter(entry -> entry.itemId().equals(itemId))
                .findFirst()
                .orElseThrow();
    }
}
