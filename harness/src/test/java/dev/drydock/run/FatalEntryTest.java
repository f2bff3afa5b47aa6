package dev.drydock.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.NoteAgent;
import dev.drydock.NoteAgent.Note;
import dev.drydock.NoteAgent.Verdict;
import dev.drydock.agent.Mode;
import dev.drydock.journal.Entry;
import dev.drydock.journal.EntryState;
import dev.drydock.journal.JournalQueries;
import dev.drydock.journal.OtherProcess;
import dev.drydock.journal.RunOutcome;
import dev.drydock.journal.UndecidedEntries;
import dev.drydock.journal.UndecidedEntries.Undecided;
import dev.drydock.run.EntriesToDecide.Caution;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** An entry that ends the process while it is decided, as far as the journal can tell: the process opened a run and fell silent. */
@QuarkusTest
class FatalEntryTest {

    @Inject
    AgentRunner runner;

    @Inject
    CrashedRuns crashed;

    @Inject
    UndecidedEntries undecided;

    @Inject
    JournalQueries journal;

    @Inject
    OtherProcess other;

    private final NoteAgent agent =
            new NoteAgent(IntStream.range(0, 40).mapToObj(String::valueOf).toArray(String[]::new));

    private final String name = agent.spec().name();

    @Test
    void is_set_aside_after_three_crashes_and_the_others_that_were_in_flight_are_decided() {
        leaveOpen();

        assertThat(crashWhileDeciding(Caution.NONE)).hasSize(40);
        assertThat(crashWhileDeciding(Caution.SOME)).hasSize(16);
        assertThat(crashWhileDeciding(Caution.FULL)).hasSize(1);
        agent.decide = note -> new Verdict("fine");
        var result = runner.run(agent.in(Mode.SHADOW));

        assertThat(result.outcome()).isEqualTo(RunOutcome.COMPLETED_WITH_ERRORS);
        assertThat(result.counts().failed()).isEqualTo(1);
        assertThat(entries(EntryState.SHADOWED)).hasSize(39);
        assertThat(entries(EntryState.POISONED)).singleElement().satisfies(entry -> {
            assertThat(entry.itemId()).isEqualTo("0");
            assertThat(entry.fault()).isEqualTo("the process ended while it was decided: 3 times, the last time alone");
        });
    }

    @Test
    void comes_after_all_others_and_alone() {
        leaveOpen();
        crashWhileDeciding(Caution.NONE);
        crashWhileDeciding(Caution.SOME);
        agent.decided.clear();
        agent.decide = note -> new Verdict("fine");
        agent.notes = List.of(new Note("new"));

        runner.run(agent.in(Mode.SHADOW));

        assertThat(entries(EntryState.SHADOWED)).hasSize(41);
        assertThat(agent.decided).hasSize(41).startsWith("new");
        assertThat(List.copyOf(agent.decided).subList(25, 41)) // those that were in flight twice, one after the other
                .containsExactlyElementsOf(
                        IntStream.range(0, 16).mapToObj(String::valueOf).toList());
    }

    @Test
    void is_not_one_that_was_started_by_runs_that_ended() {
        leaveOpen();
        for (int run = 0; run < 5; run++) {
            agent.decide = note -> {
                throw new IllegalStateException(new InterruptedException("not its fault"));
            };
            runner.run(agent.in(Mode.SHADOW));
        }
        crashWhileDeciding(Caution.NONE);
        agent.decide = note -> new Verdict("fine");

        runner.run(agent.in(Mode.SHADOW));

        assertThat(entries(EntryState.SHADOWED)).hasSize(40);
    }

    /** All 40 are ADMITTED after it, and none is blamed. */
    private void leaveOpen() {
        agent.decide = note -> {
            throw new IllegalStateException(new InterruptedException("deferred"));
        };
        runner.run(agent.in(Mode.SHADOW));
        assertThat(entries(EntryState.ADMITTED)).hasSize(40);
    }

    /** Another process starts what it may, and is killed. */
    private List<Undecided> crashWhileDeciding(Caution caution) {
        UUID runId = other.open(name, null).orElseThrow();
        undecided.suspects(name, runId);
        var started = undecided.start(name, runId, caution.starts(), UndecidedEntries.FROM_THE_START, caution.most());
        other.fallsSilent(name);
        assertThat(crashed.closeAsCrashed(name)).isTrue();
        return started;
    }

    private List<Entry> entries(EntryState state) {
        return journal.entries(name, state, 100);
    }
}
