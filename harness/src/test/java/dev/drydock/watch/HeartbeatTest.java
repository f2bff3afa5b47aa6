package dev.drydock.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.drydock.NoteAgent;
import dev.drydock.Servers;
import dev.drydock.agent.Expectation;
import dev.drydock.agent.Mode;
import dev.drydock.config.Agents;
import dev.drydock.journal.Observations;
import dev.drydock.journal.Observations.Kind;
import dev.drydock.journal.Observations.Observation;
import dev.drydock.journal.OtherProcess;
import dev.drydock.run.AgentRunner;
import dev.drydock.watch.PingServer.ReceivedPing;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The pings that outside services receive, as their server records them. */
@QuarkusTest
@WithTestResource(Servers.class)
class HeartbeatTest {

    @PingServer.Inject
    PingServer server;

    @Inject
    AgentRunner runner;

    @Inject
    Agents agents;

    @Inject
    OtherProcess other;

    @Inject
    RecordedPings pings;

    @Inject
    Observations observations;

    @BeforeEach
    void wait_a_little() {
        pings.beginAnew(server);
    }

    @Test
    void tells_the_start_and_the_end_of_a_run_that_completes() {
        var agent = new NoteAgent("a", "b");

        var run = runner.run(agent.in(Mode.SHADOW)).runId();

        assertThat(told()).extracting(ReceivedPing::kind).containsExactly("start", "success");
        assertThat(told()).extracting(ReceivedPing::run).containsExactly(run, run);
        assertThat(told().get(1).body())
                .contains("Cycle of " + agent.spec().name() + " ended: COMPLETED")
                .contains("fetched 2, admitted 2, decided 2, failed 0, in ")
                .contains("GET /api/runs/" + run);
        assertThat(pings.sent).contains(new HeartbeatEvent.Sent(agent.spec().name(), "Healthchecks"));
        assertThat(observations.find(Kind.HEARTBEAT, agent.spec().name())).get().returns(true, Observation::ok);
    }

    @Test
    void takes_a_run_with_failed_entries_for_a_success_and_says_how_many() {
        var agent = new NoteAgent("good", "bad");
        agent.decide = note -> {
            if (note.id().equals("bad")) {
                throw new IllegalStateException("cannot decide this");
            }
            return new NoteAgent.Verdict("fine");
        };

        runner.run(agent.in(Mode.SHADOW));

        assertThat(told()).extracting(ReceivedPing::kind).containsExactly("start", "success");
        assertThat(told().get(1).body()).contains("COMPLETED_WITH_ERRORS", "failed 1");
    }

    @Test
    void takes_a_hollow_run_for_a_failure_and_says_what_was_expected() {
        var agent = new NoteAgent("a");
        agent.expectations = List.of(Expectation.items(2, 4));

        runner.run(agent.in(Mode.SHADOW));

        assertThat(told()).extracting(ReceivedPing::kind).containsExactly("start", "fail");
        assertThat(told().get(1).body()).contains("HOLLOW: expected 2 to 4 items, got 1");
    }

    @Test
    void says_why_a_run_was_skipped_and_quotes_nobody() {
        var agent = new NoteAgent("a");
        agent.fetch = window -> {
            throw new IOException("unexpected: Dear Ms Smith");
        };

        var run = runner.run(agent.in(Mode.SHADOW)).runId();

        assertThat(told()).extracting(ReceivedPing::kind).containsExactly("start", "fail");
        assertThat(told()).extracting(ReceivedPing::run).containsExactly(run, run);
        assertThat(told().get(1).body())
                .contains("SKIPPED(SOURCE_DOWN): IOException\n")
                .doesNotContain("Smith");
    }

    @Test
    void says_that_a_run_has_failed() {
        var agent = new NoteAgent("a");
        agent.fetch = window -> {
            throw new AssertionError("Dear Ms Smith");
        };

        var run = runner.run(agent.in(Mode.SHADOW)).runId();

        assertThat(told()).extracting(ReceivedPing::kind).containsExactly("start", "fail");
        assertThat(told().get(1).run()).isEqualTo(run);
        assertThat(told().get(1).body()).contains("FAILED: AssertionError\n");
    }

    @Test
    void tells_of_a_killed_run_when_the_next_one_starts() {
        var agent = new NoteAgent("a").in(Mode.SHADOW);
        var killed = other.open(agent.name(), null).orElseThrow();
        other.fallsSilent(agent.name());

        var next = runner.run(agent).runId();

        assertThat(told())
                .extracting(ReceivedPing::kind, ReceivedPing::run)
                .startsWith(tuple("fail", killed))
                .endsWith(tuple("success", next));
        assertThat(told().get(0).body()).contains("CRASHED");
    }

    @Test
    void says_nothing_of_a_cycle_that_was_due_while_the_one_before_still_ran() throws Exception {
        var agent = new NoteAgent("a");
        var fetching = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        agent.fetch = window -> {
            fetching.countDown();
            goOn.await();
            return agent.notes;
        };
        var slow = new Thread(() -> runner.run(agent.in(Mode.SHADOW)));
        slow.start();
        fetching.await();

        runner.run(agent.in(Mode.SHADOW));

        assertThat(server.kinds(PingServer.CHECK)).containsExactly("start");
        goOn.countDown();
        slow.join();
        assertThat(server.kinds(PingServer.CHECK)).containsExactly("start", "success");
    }

    @Test
    void tells_the_check_of_one_agent_by_its_slug_and_the_other_service_too() throws Exception {
        Files.createDirectories(Path.of("target/inbox"));
        var run = runner.run(agents.named("triage").orElseThrow()).runId();

        assertThat(server.told(PingServer.TRIAGE))
                .extracting(ReceivedPing::kind, ReceivedPing::run)
                .containsExactly(tuple("start", run), tuple("success", run));
        assertThat(told()).isEmpty();
        assertThat(server.told(PingServer.BETTER_STACK)).singleElement().satisfies(ping -> {
            assertThat(ping.kind()).isEqualTo("success");
            assertThat(ping.run()).isNull();
            assertThat(ping.body()).contains("COMPLETED");
        });
    }

    private List<ReceivedPing> told() {
        return server.told(PingServer.CHECK);
    }
}
