package dev.drydock.judge;

import static dev.drydock.journal.Notification.Type.OPENED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.NoteAgent.Note;
import dev.drydock.Servers;
import dev.drydock.agent.Mode;
import dev.drydock.alert.SentAlerts;
import dev.drydock.config.LiveLabels;
import dev.drydock.config.LiveLabels.Kind;
import dev.drydock.journal.EarnedLabels;
import dev.drydock.journal.EarnedLabels.Move;
import dev.drydock.journal.Entry;
import dev.drydock.journal.EntryState;
import dev.drydock.journal.HoldReason;
import dev.drydock.judge.replay.ReplayFixture;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A label that one prompt has earned, when another one is deployed. */
@QuarkusTest
@WithTestResource(Servers.class)
class ChangedPromptTest extends ReplayFixture {

    private static final int NEEDED = 50;

    @Inject
    EarnLabels earn;

    @Inject
    EarnedLabels labels;

    @Inject
    Judging people;

    @Inject
    SentAlerts sent;

    private int notes;

    @BeforeEach
    void let_one_prompt_earn_its_label() {
        agent.liveLabels = new LiveLabels(Kind.EARNED, List.of());
        decide(NEEDED).forEach(people::agree);
        assertThat(decide(1).get(0).state()).isEqualTo(EntryState.DELIVERED);
    }

    @Test
    void holds_what_another_prompt_decides_from_its_first_cycle_on() {
        older.decidedBy(name(), "another12345");

        var first = decide(1).get(0);

        assertThat(first.state()).isEqualTo(EntryState.HELD);
        assertThat(first.holdReason()).isEqualTo(HoldReason.LABEL);
        assertThat(moves()).hasSize(2).first().satisfies(move -> {
            assertThat(move.live()).isFalse();
            assertThat(move.why())
                    .isEqualTo("the prompt Operator.operate has changed since it earned that; of today's outputs: "
                            + "nobody judged an output: not enough to tell; 50 more would");
        });
        assertThat(sent.types("label-demoted", name() + " BUG")).containsExactly(OPENED);
    }

    @Test
    void lets_it_go_live_when_the_new_prompt_has_earned_it_and_counts_its_first_outputs() {
        older.decidedBy(name(), "another12345");
        decide(NEEDED).forEach(people::agree);

        assertThat(decide(1).get(0).state()).isEqualTo(EntryState.DELIVERED);
        assertThat(moves()).extracting(Move::live).containsExactly(true, false, true);
    }

    @Test
    void leaves_it_live_while_the_prompt_is_the_same() {
        assertThat(decide(2)).extracting(Entry::state).containsOnly(EntryState.DELIVERED);
        assertThat(moves()).hasSize(1);
    }

    /** What the run decided. */
    private List<Entry> decide(int number) {
        agent.notes = IntStream.range(0, number)
                .mapToObj(note -> new Note("n" + notes++))
                .toList();
        earn.update(agent.in(Mode.LIVE)); // as at the begin of each cycle
        var run = run(Mode.LIVE);
        return journal.entries(name(), null, 1000).stream()
                .filter(entry -> run.equals(entry.runId()))
                .toList();
    }

    private List<Move> moves() {
        return labels.moves(name(), 10);
    }

    private String name() {
        return agent.spec().name();
    }
}
