package dev.drydock.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.MovableClock;
import dev.drydock.NoteAgent.Note;
import dev.drydock.Servers;
import dev.drydock.agent.Mode;
import dev.drydock.judge.replay.ReplayFixture;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a cheaper model would save, asked about entries that were decided. */
@QuarkusTest
@WithTestResource(Servers.class)
class SampleCheaperTest extends ReplayFixture {

    private static final String CHEAP = "gpt-4.1-nano";

    @Inject
    SampleCheaper cheaper;

    @Inject
    Jdbi jdbi;

    @Inject
    ReportCost costs;

    @Inject
    MovableClock clock;

    @BeforeEach
    void decide_three_notes() {
        agent.notes = List.of(new Note("a"), new Note("b"), new Note("c"));
        run(Mode.SHADOW);
        server.forget();
    }

    /** A call takes 120 tokens in and 30 out; the cheap model 0.10 and 0.40 for a million. */
    @Test
    void says_what_it_costs_and_asks_nobody() {
        var sample = sample(2);

        assertThat(sample.aboutUsd().orElseThrow()).isEqualByComparingTo(new BigDecimal("0.000048"));
        assertThat(sample.line())
                .isEqualTo(agent.spec().name() + ": asking gpt-4.1-nano about 2 entries costs about 0.000048 USD");
        assertThat(server.requests()).isZero();
    }

    @Test
    void puts_what_was_measured_in_the_place_of_what_was_computed() throws InterruptedException {
        server.answerContent("OUTAGE");

        var report = cheaper.measure(costs.report(clock), agent.in(Mode.SHADOW), sample(2));

        assertThat(server.requests()).isEqualTo(2);
        assertThat(report.levers())
                .filteredOn(lever -> lever.agent().equals(agent.spec().name())
                        && lever.name().equals(SampleCheaper.COMPUTED))
                .singleElement()
                .satisfies(lever -> assertThat(lever.arithmetic())
                        .startsWith(
                                "gpt-4.1-nano asked about 2 entries: 0 the same label, 2 another, 0 dangerously, 0 failed;"
                                        + " they cost "));
        assertThat(entries()).extracting(entry -> entry.label()).containsOnly("BUG");
    }

    @Test
    void reads_the_figures_of_all_agents_once() {
        var one = List.of(agent.spec().name());
        var three = List.of(agent.spec().name(), "another", "a third");

        samples(three, 2); // keeps the figures of days that are over

        assertThat(statementsFor(three)).isPositive().isEqualTo(statementsFor(one));
    }

    private int statementsFor(List<String> agents) {
        var statements = new AtomicInteger();
        var logger = jdbi.getConfig(SqlStatements.class).getSqlLogger();
        var test = Thread.currentThread(); // the timers of the application have statements of their own
        jdbi.setSqlLogger(new SqlLogger() {
            @Override
            public void logAfterExecution(StatementContext context) {
                statements.addAndGet(Thread.currentThread() == test ? 1 : 0);
            }
        });
        try {
            samples(agents, 2);
        } finally {
            jdbi.setSqlLogger(logger);
        }
        return statements.get();
    }

    private SampleCheaper.Sample sample(int entries) {
        var samples = samples(List.of(agent.spec().name()), entries);
        assertThat(samples).hasSize(1);
        return samples.get(0);
    }

    private List<SampleCheaper.Sample> samples(List<String> agents, int entries) {
        return cheaper.samples(agents, CHEAP, entries, clock.instant().minus(Duration.ofDays(1)));
    }
}
