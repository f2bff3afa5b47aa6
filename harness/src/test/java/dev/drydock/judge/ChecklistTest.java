package dev.drydock.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.MovableClock;
import dev.drydock.NoteAgent;
import dev.drydock.NoteAgent.Note;
import dev.drydock.agent.Mode;
import dev.drydock.alert.Recorder;
import dev.drydock.alert.SendTestAlert;
import dev.drydock.config.Deadlines;
import dev.drydock.journal.Observations;
import dev.drydock.journal.Observations.Kind;
import dev.drydock.judge.ChecklistLine.State;
import dev.drydock.run.AgentRunner;
import dev.langchain4j.exception.InternalServerException;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code check} makes of what was seen. */
@QuarkusTest
class ChecklistTest {

    @Inject
    Checklist checklist;

    @Inject
    Observations observations;

    @Inject
    SendTestAlert testAlert;

    @Inject
    Recorder channel;

    @Inject
    AgentRunner runner;

    @Inject
    MovableClock clock;

    @Inject
    CircuitBreakerMaintenance circuits;

    private final NoteAgent agent = new NoteAgent("a");

    @AfterEach
    void mend() {
        channel.broken = false;
        circuits.resetAll();
    }

    @Test
    void holds_nothing_of_an_agent_that_never_ran() {
        var lines = checklist.report(List.of(agent.in(Mode.LIVE))).lines();

        assertThat(lines).extracting(ChecklistLine::id).containsExactly(ChecklistItem.values());
        assertThat(lines)
                .filteredOn(line -> line.id().name().startsWith("R") && line.id() != ChecklistItem.R8)
                .noneMatch(ChecklistLine::holds)
                .allSatisfy(line -> assertThat(line.fix()).isNotEmpty());
        assertThat(line(ChecklistItem.R1).evidence()).endsWith("0 days, 0 decided, 0 failed");
        assertThat(line(ChecklistItem.O1).state()).isEqualTo(State.NOT_SEEN_YET);
    }

    /** The tests have no secret in a file of theirs; the trial masks what it logs. */
    @Test
    void looks_for_secrets_where_they_must_not_be() {
        assertThat(line(ChecklistItem.S1).state()).isNotEqualTo(State.DOES_NOT_HOLD);
        assertThat(line(ChecklistItem.S3).state()).isEqualTo(State.HOLDS);
    }

    @Test
    void counts_days_in_shadow_mode_and_wants_them_with_figures() {
        days(4);
        assertThat(line(ChecklistItem.R1).state()).isEqualTo(State.DOES_NOT_HOLD);

        days(1);
        assertThat(line(ChecklistItem.R1).state()).isEqualTo(State.HOLDS);
        assertThat(line(ChecklistItem.R1).evidence()).endsWith("5 days, 5 decided, 0 failed");
        assertThat(line(ChecklistItem.R2).state()).isEqualTo(State.HOLDS);

        agent.decide = note -> {
            throw new IllegalStateException("cannot decide this");
        };
        for (int cycle = 0; cycle < 3; cycle++) {
            days(1);
        }
        assertThat(line(ChecklistItem.R1).state()).isEqualTo(State.DOES_NOT_HOLD);
        assertThat(line(ChecklistItem.R2).state()).isEqualTo(State.DOES_NOT_HOLD);
    }

    @Test
    void has_seen_an_outage_of_model_and_source_and_an_item_that_came_again() {
        runner.run(agent.in(Mode.SHADOW));
        agent.fetch = window -> {
            throw new IOException("connection refused");
        };
        runner.run(agent.in(Mode.SHADOW));
        circuits.resetAll();
        assertThat(line(ChecklistItem.R4).state()).as("no later run yet").isEqualTo(State.NOT_SEEN_YET);
        agent.fetch = window -> agent.notes;
        runner.run(agent.in(Mode.SHADOW));

        assertThat(line(ChecklistItem.R4).state()).isEqualTo(State.HOLDS);
        assertThat(line(ChecklistItem.R7).state()).isEqualTo(State.HOLDS);
        assertThat(line(ChecklistItem.R3).state()).isEqualTo(State.NOT_SEEN_YET);

        agent.notes = List.of(new Note("b"));
        agent.decide = note -> {
            throw new InternalServerException("503");
        };
        runner.run(agent.in(Mode.SHADOW));

        assertThat(line(ChecklistItem.R3).state()).isEqualTo(State.HOLDS);
    }

    @Test
    void wants_a_test_alert_that_was_taken_within_thirty_days() {
        agent.deliverBy = Optional.of(Deadlines.daily(LocalTime.of(7, 15)));
        testAlert.send();
        assertThat(line(ChecklistItem.M2).state()).isEqualTo(State.HOLDS);
        assertThat(line(ChecklistItem.M6).evidence()).containsAnyOf("recorder", "alert error-rate was taken");

        clock.advance(Duration.ofDays(31));
        assertThat(line(ChecklistItem.M3).state()).isEqualTo(State.DOES_NOT_HOLD);

        channel.broken = true;
        testAlert.send();
        assertThat(line(ChecklistItem.M3).state()).isEqualTo(State.DOES_NOT_HOLD);
        assertThat(line(ChecklistItem.M3).evidence()).contains("recorder", "answered 500");

        agent.deliverBy = Optional.empty();
        assertThat(line(ChecklistItem.M2).evidence()).startsWith("no deadline for");
    }

    @Test
    void wants_a_rollback_in_less_than_five_minutes() {
        observations.store(Kind.ROLLBACK, "", true, "", null);
        assertThat(line(ChecklistItem.R8).state()).isEqualTo(State.NOT_SEEN_YET);

        observations.store(Kind.ROLLBACK, "", true, "", Duration.ofMinutes(6));
        assertThat(line(ChecklistItem.R8).state()).isEqualTo(State.DOES_NOT_HOLD);

        observations.store(Kind.ROLLBACK, "", true, "", Duration.ofMinutes(3));
        assertThat(line(ChecklistItem.R8).state()).isEqualTo(State.HOLDS);
        assertThat(line(ChecklistItem.R8).evidence()).contains("took 180 s");
    }

    @Test
    void reads_evals_and_workflows_of_a_checkout(@TempDir Path checkout) throws IOException {
        assertThat(line(ChecklistItem.E2, checkout).state()).isEqualTo(State.NOT_SEEN_YET);

        Files.writeString(checkout.resolve("pom.xml"), "<project/>");
        assertThat(line(ChecklistItem.E1, checkout).state()).isEqualTo(State.DOES_NOT_HOLD);
        assertThat(line(ChecklistItem.E2, checkout).evidence()).startsWith("no holdout case in evals/");

        var workflows = Files.createDirectories(checkout.resolve(".github/workflows"));
        Files.writeString(workflows.resolve("eval.yml"), "run: ./drydock eval triage\n");
        var evals =
                Files.createDirectories(checkout.resolve("evals/" + agent.spec().name()));
        Files.writeString(evals.resolve("cases.jsonl"), "{\"set\":\"holdout\"}\n".repeat(199));
        Files.writeString(evals.resolve("baseline.json"), "{\"id\":\"a\",\"set\":\"HOLDOUT\"}\n");
        Files.createDirectories(checkout.resolve("docs"));
        Files.writeString(checkout.resolve("docs/prompt-changelog.md"), "| date |\n|---|\n| 2026-11-02 | better |\n");

        assertThat(line(ChecklistItem.E1, checkout).state()).isEqualTo(State.HOLDS);
        assertThat(line(ChecklistItem.E2, checkout).state()).isEqualTo(State.HOLDS);
        assertThat(line(ChecklistItem.T1, checkout).state()).isEqualTo(State.DOES_NOT_HOLD);
        assertThat(line(ChecklistItem.T2, checkout).state()).isEqualTo(State.HOLDS);
    }

    /** One note is decided on each of the next days. */
    private void days(int days) {
        for (int day = 0; day < days; day++) {
            clock.advance(Duration.ofDays(1));
            agent.notes = List.of(new Note("note of " + clock.instant()));
            runner.run(agent.in(Mode.SHADOW));
            circuits.resetAll();
        }
    }

    private ChecklistLine line(ChecklistItem item) {
        return line(item, Path.of(""));
    }

    private ChecklistLine line(ChecklistItem item, Path checkout) {
        return checklist.report(List.of(agent.in(Mode.SHADOW)), checkout).lines().stream()
                .filter(line -> line.id() == item)
                .findFirst()
                .orElseThrow();
    }
}
