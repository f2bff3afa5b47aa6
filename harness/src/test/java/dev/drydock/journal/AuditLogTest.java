package dev.drydock.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.NoteAgent;
import dev.drydock.agent.Mode;
import dev.drydock.journal.AuditLog.Action;
import dev.drydock.journal.AuditLog.Actor;
import dev.drydock.journal.AuditLog.Subject;
import dev.drydock.run.AgentRunner;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** What is stored of a person's action, and how long. */
@QuarkusTest
class AuditLogTest {

    @Inject
    AuditLog audit;

    @Inject
    ReviewEntries review;

    @Inject
    ForgetRecords forget;

    @Inject
    AgentRunner runner;

    @Inject
    JournalQueries journal;

    @Inject
    Jdbi jdbi;

    @Inject
    InstantSource clock;

    private final NoteAgent agent = new NoteAgent("a");

    @Test
    void an_approval_is_stored_only_with_its_line() {
        var entry = held();

        assertThatThrownBy(() -> audit.inOneTransaction(() -> {
                    assertThat(review.approve(entry)).isTrue();
                    throw new IllegalStateException("the line cannot be written");
                }))
                .hasMessage("the line cannot be written");
        assertThat(state(entry)).isEqualTo(EntryState.HELD);

        audit.inOneTransaction(() -> {
            record(entry);
            return review.approve(entry);
        });
        assertThat(state(entry)).isEqualTo(EntryState.PENDING);
        assertThat(audit.ofEntry(entry)).hasSize(1);
    }

    @Test
    void a_line_is_stored_only_with_its_approval() {
        var entry = held();

        assertThatThrownBy(() -> audit.inOneTransaction(() -> {
                    record(entry);
                    throw new IllegalStateException("the approval failed");
                }))
                .hasMessage("the approval failed");

        assertThat(audit.ofEntry(entry)).isEmpty();
    }

    @Test
    void what_was_done_is_undone_if_its_line_cannot_be_written() {
        var entry = held();

        assertThatThrownBy(() -> audit.recordIfDone(
                        Actor.ofCommand(), Action.APPROVED, Subject.entry("\0", entry), () -> review.approve(entry)))
                .hasMessageContaining("invalid byte sequence");

        assertThat(state(entry)).isEqualTo(EntryState.HELD);
    }

    @Test
    void what_was_not_done_has_no_line() {
        var entry = held();
        var subject = Subject.entry(agent.spec().name(), entry);

        assertThat(audit.recordIfDone(Actor.ofCommand(), Action.REDELIVERED, subject, () -> review.redeliver(entry)))
                .isFalse();
        assertThat(audit.ofEntry(entry)).isEmpty();

        assertThat(audit.recordIfDone(Actor.ofCommand(), Action.APPROVED, subject, () -> review.approve(entry)))
                .isTrue();
        assertThat(audit.ofEntry(entry)).hasSize(1);
    }

    @Test
    void lines_are_kept_as_long_as_was_said() {
        var entry = held();
        record(entry);
        var now = clock.instant();

        forget.auditLog(now.minus(Duration.ofDays(400)), 10_000);
        assertThat(audit.ofEntry(entry)).hasSize(1);

        jdbi.useHandle(handle ->
                handle.execute("update audit_log set at = at - interval '401 days' where entry_id = ?", entry));
        assertThat(forget.auditLog(now.minus(Duration.ofDays(400)), 10_000)).isPositive();
        assertThat(audit.ofEntry(entry)).isEmpty();
    }

    private void record(UUID entry) {
        audit.record(
                Actor.ofCommand(), Action.APPROVED, Subject.entry(agent.spec().name(), entry), null);
    }

    private UUID held() {
        runner.run(agent.in(Mode.REVIEW));
        return journal.entries(agent.spec().name(), EntryState.HELD, 1).get(0).id();
    }

    private EntryState state(UUID entry) {
        return journal.entry(entry).orElseThrow().state();
    }
}
