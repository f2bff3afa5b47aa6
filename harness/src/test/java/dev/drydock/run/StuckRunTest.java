package dev.drydock.run;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.hasItems;

import com.sun.net.httpserver.HttpServer;
import dev.drydock.NoteAgent;
import dev.drydock.NoteAgent.Verdict;
import dev.drydock.agent.Mode;
import dev.drydock.agent.Receipt;
import dev.drydock.alert.SentAlerts;
import dev.drydock.concurrent.CountedProgress;
import dev.drydock.concurrent.Watchdog.HaltProcess;
import dev.drydock.connect.Sources;
import dev.drydock.journal.EntryState;
import dev.drydock.journal.JournalQueries;
import dev.drydock.journal.Notification;
import dev.drydock.journal.RunOutcome;
import dev.drydock.outbox.DeliveryEvent;
import dev.drydock.run.RunEvent.RunStuck;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Cycles that hang. */
@QuarkusTest
@Order(1) // waits, and so leaves the processor to tests that run beside it
@TestProfile(StuckRunTest.Impatient.class)
class StuckRunTest {

    private static final Duration LIMIT = Duration.ofSeconds(2);

    @Inject
    AgentRunner runner;

    @Inject
    JournalQueries journal;

    @Inject
    Witness witness;

    @Inject
    SentAlerts sent;

    @Inject
    Sources sources;

    @Inject
    Event<DeliveryEvent> deliveriesStuck;

    @Test
    void are_interrupted_and_keep_what_was_finished() {
        var agent = new NoteAgent("a", "b", "c");
        agent.decide = note -> {
            if (note.id().equals("b")) {
                new CountDownLatch(1).await();
            }
            return new Verdict("fine");
        };

        var end = runner.run(agent.in(Mode.SHADOW));

        assertThat(end.outcome()).isEqualTo(RunOutcome.STUCK);
        assertThat(end.counts())
                .hasToString("Counts[fetched=3, admitted=3, duplicates=0, decided=2, failed=0, waiting=0]");
        var name = agent.spec().name();
        assertThat(journal.runs(name, 1)).extracting(run -> run.outcome()).containsExactly(RunOutcome.STUCK);
        assertThat(journal.entries(name, EntryState.SHADOWED, 10)).hasSize(2);
        assertThat(journal.entries(name, EntryState.ADMITTED, 10))
                .singleElement()
                .satisfies(entry -> assertThat(entry.attempts()).isZero());
        assertThat(witness.stuck).extracting(RunStuck::agent).contains(name);
        assertThat(sent.types("stuck-run", name)).containsExactly(Notification.Type.OPENED);

        agent.decide = note -> new Verdict("fine");
        assertThat(runner.run(agent.in(Mode.SHADOW)).outcome()).isEqualTo(RunOutcome.COMPLETED);
        assertThat(sent.types("stuck-run", name)).containsExactly(Notification.Type.OPENED, Notification.Type.RESOLVED);
    }

    @Test
    void are_not_those_that_take_long_and_make_progress() {
        var agent = new NoteAgent("a", "b", "c", "d", "e");
        var oneAtATime = new ReentrantLock();
        agent.decide = note -> {
            oneAtATime.lock();
            try {
                Thread.sleep(LIMIT.dividedBy(4).toMillis()); // all of them take longer than the limit
                return new Verdict("fine");
            } finally {
                oneAtATime.unlock();
            }
        };

        var end = runner.run(agent.in(Mode.SHADOW));

        assertThat(end.outcome()).isEqualTo(RunOutcome.COMPLETED);
        assertThat(witness.stuck)
                .extracting(RunStuck::agent)
                .doesNotContain(agent.spec().name());
    }

    /** However long all pages and items take: the watchdog asks only for how long there was no progress. */
    @Test
    void are_not_those_that_fetch_many_pages() throws Exception {
        var pages = new NoteAgent("a", "b", "c", "d", "e", "f", "g", "h").notes;
        var progress = new CountedProgress();
        var ofPages = new AtomicInteger();
        var ofItems = new AtomicInteger();
        try (var api = new Api()) {
            var source = sources.tickets(Map.of("url", api.url()), InstantSource.system());
            var agent = new NoteAgent();
            agent.fetch = window -> {
                progress.count();
                for (var page : pages) {
                    source.get("/pages/" + page.id());
                }
                ofPages.set(progress.made());
                return pages;
            };
            agent.decide = note -> {
                ofItems.compareAndSet(0, progress.made()); // the first decision, before its end is progress
                return new Verdict("fine");
            };

            assertThat(runner.run(agent.in(Mode.SHADOW)).outcome()).isEqualTo(RunOutcome.COMPLETED);
            assertThat(ofPages).hasValue(pages.size());
            assertThat(ofItems).as("the same and that of items").hasValue(2 * pages.size());
            assertThat(witness.stuck)
                    .extracting(RunStuck::agent)
                    .doesNotContain(agent.spec().name());
        }
    }

    /** Answers each request. */
    private static final class Api implements AutoCloseable {

        private final HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);

        Api() throws IOException {
            server.createContext("/", exchange -> {
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            server.start();
        }

        String url() {
            return "http://127.0.0.1:" + server.getAddress().getPort();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    @Test
    void end_the_process_if_they_cannot_be_interrupted() throws Exception {
        Queue<Integer> exits = new ConcurrentLinkedQueue<>();
        QuarkusMock.installMockForType(
                new HaltProcess() {
                    @Override
                    public void halt(int exitCode) {
                        exits.add(exitCode);
                    }
                },
                HaltProcess.class);
        var goOn = new CountDownLatch(1);
        var deciding = new NoteAgent("a");
        deciding.decide = note -> {
            awaitWithoutMercy(goOn);
            return new Verdict("fine");
        };
        var delivering = new NoteAgent("a");
        delivering.deliver = note -> {
            awaitWithoutMercy(goOn);
            return new Receipt("sent");
        };
        var cycles = Stream.of(deciding, delivering)
                .map(agent -> new Thread(() -> runner.run(agent.in(Mode.LIVE))))
                .toList();
        cycles.forEach(Thread::start);

        try {
            patiently()
                    .untilAsserted(() -> assertThat(witness.stuck)
                            .extracting(RunStuck::agent)
                            .contains(deciding.spec().name(), delivering.spec().name()));
            patiently()
                    .untilAsserted(() ->
                            assertThat(exits).hasSizeGreaterThanOrEqualTo(2).containsOnly(70));
            // they go on all the same, which they cannot but here: so the platform must end the process
            patiently().untilAsserted(() -> get("/q/health/live").then().statusCode(503));
        } finally { // the watchdog ends the process where they go on after this test
            goOn.countDown();
            for (var cycle : cycles) {
                cycle.join();
            }
        }
        get("/q/health/live").then().statusCode(200).body("checks.name", hasItems("scheduler", "watchdog"));
    }

    @Test
    void alert_for_deliveries_that_hang() {
        deliveriesStuck.fire(new DeliveryEvent.Stuck("stuck-deliveries", LIMIT));

        assertThat(sent.types("stuck-run", "stuck-deliveries")).containsExactly(Notification.Type.OPENED);
    }

    /** Whatever a test beside this one throws: Awaitility looks at all threads. */
    private static ConditionFactory patiently() {
        return await().dontCatchUncaughtExceptions().atMost(Duration.ofMinutes(1));
    }

    private static void awaitWithoutMercy(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                // hangs on, as a call into native code would
            }
        }
    }

    /** Hears what happens. */
    @Singleton
    static class Witness {

        final List<RunStuck> stuck = new CopyOnWriteArrayList<>();

        void stuck(@Observes RunStuck event) {
            stuck.add(event);
        }
    }

    /** Little time for each cycle. */
    public static final class Impatient implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "drydock.stuck.floor", LIMIT.toString(),
                    "drydock.stuck.grace", Duration.ofSeconds(1).toString());
        }
    }
}
