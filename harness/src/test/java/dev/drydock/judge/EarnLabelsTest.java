package dev.drydock.judge;

import static dev.drydock.journal.Notification.Type.OPENED;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.MovableClock;
import dev.drydock.NoteAgent;
import dev.drydock.NoteAgent.Note;
import dev.drydock.NoteAgent.Verdict;
import dev.drydock.TestSettings;
import dev.drydock.agent.Expectation;
import dev.drydock.agent.Mode;
import dev.drydock.alert.SentAlerts;
import dev.drydock.config.LiveLabels;
import dev.drydock.config.LiveLabels.Kind;
import dev.drydock.journal.EarnedLabels;
import dev.drydock.journal.EarnedLabels.Move;
import dev.drydock.journal.Entry;
import dev.drydock.journal.EntryState;
import dev.drydock.journal.HoldReason;
import dev.drydock.journal.JournalQueries;
import dev.drydock.journal.ReviewEntries;
import dev.drydock.outbox.Outbox;
import dev.drydock.run.AgentRunner;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Labels of a live agent that go live one by one. */
@QuarkusTest
class EarnLabelsTest {

    private static final LiveLabels EARNED = new LiveLabels(Kind.EARNED, List.of());

    @Inject
    EarnLabels earn;

    @Inject
    EarnedLabels labels;

    @Inject
    Judging people;

    @Inject
    ReviewEntries review;

    @Inject
    AgentRunner runner;

    @Inject
    JournalQueries journal;

    @Inject
    Outbox outbox;

    @Inject
    SentAlerts sent;

    @Inject
    MovableClock clock;

    private final NoteAgent agent = new NoteAgent();

    @Test
    void outputs_with_other_labels_than_those_of_the_list_are_held_until_a_person_approves_them()
            throws InterruptedException {
        agent.liveLabels = new LiveLabels(Kind.FIXED, List.of("BUG"));
        var bug = decide("BUG", 1);
        var spam = decide("SPAM", 1);

        assertThat(state(bug.get(0))).isEqualTo(EntryState.DELIVERED);
        assertThat(state(spam.get(0))).isEqualTo(EntryState.HELD);
        assertThat(spam.get(0).holdReason()).isEqualTo(HoldReason.LABEL);
        assertThat(spam.get(0).fault()).startsWith("LABEL: ");

        review.approve(spam.get(0).id());
        outbox.deliver(agent.in(Mode.LIVE), Optional.empty());
        assertThat(state(spam.get(0))).isEqualTo(EntryState.DELIVERED);
    }

    @Test
    void labels_matter_in_live_mode_only() {
        agent.liveLabels = EARNED;

        assertThat(state(decide("BUG", 1, Mode.SHADOW).get(0))).isEqualTo(EntryState.SHADOWED);
        assertThat(decide("SPAM", 1, Mode.REVIEW).get(0).holdReason()).isEqualTo(HoldReason.REVIEW);
    }

    @Test
    void a_good_run_does_not_release_an_output_whose_label_is_not_live() {
        agent.liveLabels = new LiveLabels(Kind.FIXED, List.of("BUG"));
        agent.expectations = List.of(Expectation.items(1, 5));

        assertThat(decide("SPAM", 2)).extracting(Entry::holdReason).containsOnly(HoldReason.LABEL);
        assertThat(state(decide("BUG", 2).get(0))).isEqualTo(EntryState.DELIVERED);
    }

    @Test
    void a_label_goes_live_with_enough_agreement_and_falls_back_with_one_dangerous_mistake() {
        agent.liveLabels = EARNED;
        var held = decide("BUG", 50);
        held.subList(0, 49).forEach(entry -> review.approve(entry.id()));
        update();
        assertThat(labels.of(name())).isEmpty();

        people.agree(held.get(49));
        update();
        update(); // as another process does
        assertThat(labels.moves(name(), 10)).singleElement().satisfies(move -> {
            assertThat(move.live()).isTrue();
            assertThat(move.judged()).isEqualTo(50);
            assertThat(move.why()).isEqualTo("people agreed with 100.0 % (92.9-100.0) of 50 outputs: enough");
        });
        assertThat(sent.types("label-promoted", name() + " BUG")).containsExactly(OPENED);
        var live = decide("BUG", 2);
        assertThat(live).extracting(this::state).containsOnly(EntryState.DELIVERED);
        assertThat(decide("SPAM", 1).get(0).holdReason()).isEqualTo(HoldReason.LABEL);

        agent.deliver = note -> {
            throw new IOException("the receiver is down");
        };
        var pending = decide("BUG", 1);
        clock.advance(Duration.ofMinutes(1));
        people.correctDangerous(live.get(0), "OUTAGE");
        update();

        assertThat(labels.moves(name(), 10)).hasSize(2).first().satisfies(move -> {
            assertThat(move.live()).isFalse();
            assertThat(move.why())
                    .isEqualTo("a dangerous mistake: entry " + live.get(0).id());
        });
        assertThat(sent.types("label-demoted", name() + " BUG")).containsExactly(OPENED);
        assertThat(state(pending.get(0))).isEqualTo(EntryState.HELD);
        assertThat(decide("BUG", 1).get(0).holdReason()).isEqualTo(HoldReason.LABEL);
    }

    @Test
    void a_label_falls_back_when_people_agree_less_and_starts_from_nothing() {
        agent.liveLabels = EARNED;
        decide("BUG", 60).forEach(people::agree);
        update();
        var wrong = decide("BUG", 3);
        clock.advance(Duration.ofMinutes(1));
        wrong.forEach(entry -> people.correct(entry, "SPAM"));
        update();
        assertThat(labels.moves(name(), 10)).extracting(Move::live).containsExactly(false, true);

        clock.advance(Duration.ofMinutes(1));
        decide("BUG", 49).forEach(people::agree);
        update();
        assertThat(labels.moves(name(), 10)).hasSize(2);

        decide("BUG", 1).forEach(people::agree);
        update();
        assertThat(labels.moves(name(), 10)).extracting(Move::live).containsExactly(true, false, true);
    }

    @Test
    void what_was_judged_in_shadow_mode_counts() {
        agent.liveLabels = EARNED;
        decide("BUG", 50, Mode.SHADOW).forEach(people::agree);
        earn.update(agent.in(Mode.SHADOW));
        assertThat(labels.of(name())).isEmpty();

        update();
        assertThat(state(decide("BUG", 1).get(0))).isEqualTo(EntryState.DELIVERED);
    }

    @Test
    void the_setting_is_a_list_or_one_of_two_words() {
        assertThat(setting("earned").kind()).isEqualTo(Kind.EARNED);
        assertThat(setting("All")).isEqualTo(LiveLabels.ALL);
        assertThat(setting("BUG, OUTAGE ").fixed()).containsExactly("BUG", "OUTAGE");
        assertThatThrownBy(() -> setting("earned,BUG")).hasStackTraceContaining("mixes \"earned\" with labels");
    }

    private static LiveLabels setting(String value) {
        var settings = TestSettings.of(Map.of("drydock.agents.notes.live-labels", value));
        return requireNonNull(settings.agents().get("notes")).liveLabels().orElseThrow();
    }

    private void update() {
        earn.update(agent.in(Mode.LIVE));
    }

    private List<Entry> decide(String label, int notes) {
        return decide(label, notes, Mode.LIVE);
    }

    /** What the run decided, the oldest first. */
    private List<Entry> decide(String label, int notes, Mode mode) {
        agent.notes = IntStream.range(0, notes)
                .mapToObj(at -> new Note("%s %d at %s".formatted(label, at, clock.instant())))
                .toList();
        agent.decide = note -> new Verdict(label);
        var run = runner.run(agent.in(mode)).runId();
        return journal.entries(name(), null, 1000).stream()
                .filter(entry -> run != null && run.equals(entry.runId()))
                .toList();
    }

    private EntryState state(Entry entry) {
        return journal.entry(entry.id()).orElseThrow().state();
    }

    private String name() {
        return agent.spec().name();
    }
}
