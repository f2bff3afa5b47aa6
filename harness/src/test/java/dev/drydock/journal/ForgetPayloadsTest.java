package dev.drydock.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.NoteAgent;
import dev.drydock.NoteAgent.Note;
import dev.drydock.NoteAgent.Verdict;
import dev.drydock.agent.Mode;
import dev.drydock.agent.Receipt;
import dev.drydock.agent.SideEffect.Risk;
import dev.drydock.agent.UndeliverableException;
import dev.drydock.run.AgentRunner;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ForgetPayloadsTest {

    private static final int ALL = 10_000;
    private final Instant longAgo = Instant.now().minus(1000, ChronoUnit.DAYS);

    @Inject
    ForgetRecords forget;

    @Inject
    AgentRunner runner;

    @Inject
    ReviewEntries review;

    @Inject
    WithdrawDeliveries outputs;

    @Inject
    JournalQueries journal;

    @Inject
    SideEffectJournal sideEffects;

    @Inject
    Ageing ageing;

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
    void forgets_what_is_done_and_nothing_that_waits() {
        agent.deliver = note -> switch (note.id()) {
            case "undeliverable" -> throw new UndeliverableException("no such channel");
            case "pending" -> throw new IOException("503");
            default -> new Receipt("sent");
        };
        agent.decide = note -> switch (note.id()) {
            case "poisoned", "admitted" -> throw new IllegalStateException("no answer");
            default -> new Verdict("fine");
        };
        run(Mode.SHADOW, "shadowed", "poisoned");
        run(Mode.REVIEW, "held", "rejected");
        run(Mode.LIVE, "delivered", "undeliverable", "pending", "admitted");
        review.reject(entry("rejected").id());
        ageing.yearsPass(name);

        assertThat(forget.payloads(longAgo, ALL)).isEqualTo(3);

        for (var state : Stream.of(EntryState.values())
                .filter(state ->
                        state != EntryState.DECIDED && state != EntryState.EXPIRED && state != EntryState.UNKNOWN)
                .toList()) {
            var entry = entry(state.name().toLowerCase(Locale.ROOT));
            var done = state == EntryState.DELIVERED || state == EntryState.SHADOWED || state == EntryState.REJECTED;
            assertThat(entry.state()).isEqualTo(state);
            assertThat(journal.item(entry.id()).isEmpty()).as(entry.itemId()).isEqualTo(done);
        }
        assertThat(journal.deliveriesOf(entry("undeliverable").id())).hasSize(1);
    }

    @Test
    void forgets_what_expired_and_what_was_returned() {
        agent.decide = note -> new Verdict("fine");
        agent.deliver = note -> {
            throw new IOException("503");
        };
        run(Mode.LIVE, "expired");
        outputs.expire(name, Duration.ofSeconds(-1));
        review.redeliver(entry("expired").id());
        assertThat(journal.returnsOf(entry("expired").id())).hasSize(1);
        outputs.expire(name, Duration.ofSeconds(-1));
        ageing.yearsPass(name);

        assertThat(forget.payloads(longAgo, ALL)).isEqualTo(1);

        assertThat(entry("expired").state()).isEqualTo(EntryState.EXPIRED);
        assertThat(journal.item(entry("expired").id())).isEmpty();
        assertThat(journal.returnsOf(entry("expired").id())).isEmpty();
    }

    @Test
    void leaves_of_an_entry_its_key_its_end_and_its_label() {
        run(Mode.LIVE, "a");
        ageing.yearsPass(name);

        forget.payloads(longAgo, ALL);

        var entry = entry("a");
        assertThat(entry.state()).isEqualTo(EntryState.DELIVERED);
        assertThat(entry.label()).isEqualTo("fine");
        assertThat(entry.decision()).isNull();
        assertThat(journal.deliveriesOf(entry.id())).isEmpty();

        var again = runner.run(agent.in(Mode.LIVE)).counts();
        assertThat(again.duplicates()).isEqualTo(1);
        assertThat(agent.delivered).hasSize(1);
    }

    @Test
    void keeps_an_entry_whose_tool_call_was_cut_off_for_a_person_to_look() {
        run(Mode.SHADOW, "cut off", "done");
        propose("cut off", ProposedCall.State.STARTED);
        propose("done", ProposedCall.State.DONE);
        ageing.yearsPass(name);

        assertThat(forget.payloads(longAgo, ALL)).isEqualTo(1);

        assertThat(sideEffects.of(entry("cut off").id())).hasSize(1);
        assertThat(journal.item(entry("cut off").id())).isPresent();
        assertThat(sideEffects.of(entry("done").id())).isEmpty();
    }

    @Test
    void forgets_a_bounded_number_at_a_time_the_oldest_first() {
        run(Mode.SHADOW, "a", "b", "c");
        ageing.yearsPass(name);
        run(Mode.SHADOW, "young");

        assertThat(forget.payloads(longAgo, 2)).isEqualTo(2);
        assertThat(forget.payloads(longAgo, 2)).isEqualTo(1);
        assertThat(forget.payloads(longAgo, 2)).isZero();
        assertThat(journal.item(entry("young").id())).isPresent();
    }

    @Test
    void shares_the_work_with_another_process() throws Exception {
        run(Mode.LIVE, IntStream.range(0, 300).mapToObj(String::valueOf).toArray(String[]::new));
        ageing.yearsPass(name);
        Callable<Integer> process = () -> {
            var forgotten = 0;
            for (int batch = 0; batch < 100; batch++) {
                forgotten += forget.payloads(longAgo, 7) + forget.runs(longAgo, 7);
            }
            return forgotten;
        };
        var threads = Executors.newFixedThreadPool(2);
        var total = 0;
        for (var done : threads.invokeAll(List.of(process, process))) {
            total += done.get();
        }
        threads.shutdown();

        assertThat(total).isEqualTo(300);
        assertThat(journal.entries(name, null, 1000)).hasSize(300).allMatch(entry -> entry.runId() == null);
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

    private void propose(String itemId, ProposedCall.State state) {
        sideEffects.propose(
                name, entry(itemId).id(), new SideEffectJournal.Call("key", "lights", "{}", Risk.LOW), state);
    }
}
