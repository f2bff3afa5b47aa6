package dev.drydock.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.LimitedServer;
import dev.drydock.NoteAgent;
import dev.drydock.agent.Mode;
import dev.drydock.agent.RateLimitedException;
import dev.drydock.agent.Receipt;
import dev.drydock.config.DeliveryGuarantee;
import dev.drydock.http.RequestPace;
import dev.drydock.http.RequestPaces;
import dev.drydock.journal.Delivery;
import dev.drydock.journal.Delivery.Outcome;
import dev.drydock.journal.Entry;
import dev.drydock.journal.EntryState;
import dev.drydock.journal.JournalQueries;
import dev.drydock.run.AgentRunner;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Receivers that take only so many outputs in a time. */
@QuarkusTest
class RateLimitedTargetTest {

    private static final Duration INTERVAL = Duration.ofMillis(40);

    @Inject
    AgentRunner runner;

    @Inject
    Outbox outbox;

    @Inject
    JournalQueries journal;

    @Inject
    RequestPaces paces;

    @Inject
    LimitedDeliveries limited;

    @Test
    void a_known_rate_is_kept_without_a_refusal_and_in_the_order_of_entries() throws Exception {
        try (var receiver = new LimitedServer(INTERVAL)) {
            var agent = new NoteAgent(numbered(20));
            var pace = paces.named("receiver of " + agent.spec().name(), Optional.of(1000.0 / INTERVAL.toMillis()));
            agent.deliver = note -> pace.send(RequestPace.WAIT_OF_DELIVERY, () -> post(receiver, note.id()));

            runner.run(agent.in(Mode.LIVE));

            assertThat(receiver.taken())
                    .isEqualTo(entries(agent).stream().map(Entry::itemId).toList());
            assertThat(receiver.refused()).isZero();
            assertAllDeliveredAtTheFirstAttempt(agent);
        }
    }

    @Test
    void an_unknown_rate_is_learned_from_few_refusals_and_none_counts_as_an_attempt() throws Exception {
        try (var receiver = new LimitedServer(INTERVAL)) {
            var agent = new NoteAgent(numbered(20));
            agent.deliver = note -> post(receiver, note.id());

            runner.run(agent.in(Mode.LIVE));

            assertThat(receiver.taken()).containsExactlyInAnyOrder(numbered(20));
            assertAllDeliveredAtTheFirstAttempt(agent);
            assertThat(receiver.refused()).isLessThan(10);
        }
    }

    @Test
    void a_receiver_that_names_no_time_is_asked_again_after_a_pause() throws Exception {
        var refusals = new AtomicInteger();
        var agent = new NoteAgent("a");
        agent.deliver = note -> {
            if (refusals.incrementAndGet() <= 2) {
                throw new RateLimitedException("answered 429", null);
            }
            return new Receipt("sent");
        };

        runner.run(agent.in(Mode.LIVE));

        assertThat(agent.delivered).hasSize(3);
        assertThat(journal.deliveriesOf(entries(agent).get(0).id()))
                .extracting(Delivery::outcome)
                .containsExactly(Outcome.DELIVERED);
    }

    @ParameterizedTest
    @EnumSource
    void a_receiver_that_asks_for_a_long_pause_is_left_to_the_next_cycle(DeliveryGuarantee guarantee) throws Exception {
        var agent = new NoteAgent(numbered(20));
        agent.deliver = note -> {
            throw new RateLimitedException("answered 429", Duration.ofHours(1));
        };

        runner.run(agent.in(Mode.LIVE, guarantee));
        outbox.deliver(agent.in(Mode.LIVE, guarantee), Optional.empty());

        assertThat(agent.delivered).hasSize(1);
        assertThat(limited.describe(agent.in(Mode.LIVE)))
                .contains("20 outputs wait for the rate limit of their receiver.");
        assertThat(entries(agent)).hasSize(20).allSatisfy(entry -> {
            assertThat(entry.state()).isEqualTo(EntryState.PENDING);
            assertThat(journal.deliveriesOf(entry.id())).isEmpty();
        });
    }

    private static Receipt post(LimitedServer receiver, String text) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(receiver.url()))
                .POST(BodyPublishers.ofString(text))
                .build();
        var response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        if (response.statusCode() == 429) {
            throw new RateLimitedException("answered 429", INTERVAL);
        }
        return new Receipt("sent");
    }

    private void assertAllDeliveredAtTheFirstAttempt(NoteAgent agent) {
        assertThat(entries(agent)).allSatisfy(entry -> {
            assertThat(entry.state()).isEqualTo(EntryState.DELIVERED);
            assertThat(journal.deliveriesOf(entry.id()))
                    .extracting(Delivery::outcome)
                    .containsExactly(Outcome.DELIVERED);
        });
    }

    /** In the order in which they became due. */
    private List<Entry> entries(NoteAgent agent) {
        return journal.entries(agent.spec().name(), null, 1000).stream()
                .sorted(Comparator.comparing(Entry::decidedAt).thenComparing(Entry::id))
                .toList();
    }

    private static String[] numbered(int number) {
        return IntStream.range(0, number).mapToObj(String::valueOf).toArray(String[]::new);
    }
}
