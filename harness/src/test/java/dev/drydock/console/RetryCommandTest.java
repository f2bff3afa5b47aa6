package dev.drydock.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.NoteAgent;
import dev.drydock.agent.Mode;
import dev.drydock.console.RetryCommand.Once;
import dev.drydock.console.RetryCommand.Report;
import dev.drydock.journal.EntryState;
import dev.drydock.journal.JournalQueries;
import dev.drydock.journal.ReturnEntries;
import dev.drydock.journal.ReturnEntries.Selection;
import dev.drydock.run.AgentRunner;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code ./drydock retry}. */
@QuarkusTest
class RetryCommandTest {

    @Inject
    Once command;

    @Inject
    AgentRunner runner;

    @Inject
    JournalQueries journal;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void counts_first_and_returns_nothing_in_a_dry_run() {
        var agent = poisoned();

        assertThat(retry(agent, true))
                .isEqualTo(new Report(agent.spec().name(), Map.of(EntryState.POISONED, 2), 0, true, 0));
        assertThat(printed)
                .asString()
                .isEqualToIgnoringNewLines(agent.spec().name() + ": 2 POISONED\nDry run: nothing was returned.\n");
        assertThat(journal.entries(agent.spec().name(), EntryState.POISONED, 10))
                .hasSize(2);
    }

    @Test
    void returns_what_it_has_counted() {
        var agent = poisoned();

        assertThat(retry(agent, false).returned()).isEqualTo(2);
        assertThat(printed).asString().contains(": 2 POISONED", "Returned 2 entries.", "decided again in the next run");
        assertThat(journal.entries(agent.spec().name(), EntryState.ADMITTED, 10))
                .hasSize(2);

        assertThat(retry(agent, false).returned()).isZero();
        assertThat(printed).asString().contains(": nothing to return");
    }

    @Test
    void knows_no_other_agent() throws Exception {
        assertThat(command.run("nobody", "POISONED", "", "", "false", "false")).isEqualTo(2);
        assertThat(command.run(
                        "triage", "POISONED,UNDELIVERABLE", "2020-01-01T00:00:00Z", "no such fault", "false", "true"))
                .isZero();
    }

    @Test
    void refuses_states_and_times_that_make_no_sense() {
        assertThat(refusal("retry", "triage", "--state", "delivered"))
                .contains("entries that are DELIVERED cannot be returned; only those that are");
        assertThat(refusal("retry", "triage", "--state", "lost")).contains("--state");
        assertThat(refusal("retry", "triage", "--since", "yesterday"))
                .contains("--since: \"yesterday\" is not a time; write one such as 2026-01-31");
    }

    private static String refusal(String... arguments) {
        var err = new StringWriter();
        assertThat(DrydockCommand.commandLine()
                        .setErr(new PrintWriter(err, true))
                        .execute(arguments))
                .isEqualTo(2);
        return err.toString();
    }

    private Report retry(NoteAgent agent, boolean dryRun) {
        var selection = new Selection(agent.spec().name(), EnumSet.copyOf(ReturnEntries.RETURNABLE), null, null);
        return command.retry(selection, Mode.SHADOW, dryRun, new PrintStream(printed, true));
    }

    private NoteAgent poisoned() {
        var agent = new NoteAgent("a", "b");
        agent.decide = note -> {
            throw new IllegalStateException("cannot decide this");
        };
        for (int cycle = 0; cycle < 3; cycle++) {
            runner.run(agent.in(Mode.SHADOW));
        }
        return agent;
    }
}
