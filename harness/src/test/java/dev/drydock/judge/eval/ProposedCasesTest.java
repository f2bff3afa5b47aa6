package dev.drydock.judge.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.NoteAgent;
import dev.drydock.NoteAgent.Note;
import dev.drydock.agent.Mode;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.database.Database;
import dev.drydock.journal.EntryState;
import dev.drydock.journal.Feedback;
import dev.drydock.journal.Feedback.Source;
import dev.drydock.journal.Feedback.Verdict;
import dev.drydock.journal.FeedbackJournal;
import dev.drydock.journal.JournalQueries;
import dev.drydock.run.AgentRunner;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Corrections that become eval cases. */
@QuarkusTest
class ProposedCasesTest {

    @Inject
    AgentRunner runner;

    @Inject
    JournalQueries journal;

    @Inject
    FeedbackJournal feedback;

    @Inject
    ProposedCases proposed;

    @Inject
    ReadCases cases;

    @Inject
    ObjectMapper json;

    @TempDir
    Path folder;

    @Test
    void are_written_masked_and_can_be_read_as_cases() throws Exception {
        var agent = decided("Call me at jane.roe@example.org about the invoice");
        correct(agent, "bad", "Jane wrote from jane.roe@example.org");

        var proposal = proposed.open(agent, file()).get(0);
        assertThat(proposed.accept(proposal, file())).isTrue();
        assertThat(proposed.accept(proposal, file())).isFalse();

        assertThat(Files.readString(file())).doesNotContain("jane.roe");
        assertThat(cases.read(file(), agent.spec())).singleElement().satisfies(written -> {
            assertThat(written.label()).isEqualTo("bad");
            assertThat(written.expected().path("label").asText()).isEqualTo("bad");
            assertThat(written.set()).isEqualTo(proposal.set());
        });
        assertThat(proposed.open(agent, file())).isEmpty();
    }

    @Test
    void replace_an_earlier_correction_of_the_same_entry() throws Exception {
        var agent = decided("a");
        correct(agent, "bad", null);
        correct(agent, "worse", null);

        assertThat(proposed.open(agent, file()))
                .extracting(proposal -> proposal.correction().correctLabel())
                .containsExactly("worse");
    }

    @Test
    void are_gone_when_a_person_rejects_them() throws Exception {
        var agent = decided("a");
        correct(agent, "bad", null);
        var id = proposed.open(agent, file()).get(0).correction().id();

        assertThat(proposed.reject(id)).isTrue();
        assertThat(proposed.reject(id)).isFalse();
        assertThat(proposed.open(agent, file())).isEmpty();
        assertThat(file()).doesNotExist();
    }

    @Test
    void name_a_case_that_is_nearly_the_same_and_join_its_set() throws Exception {
        var agent = decided(
                "The export of the monthly report has failed again with the error 51 since this morning, please help us");
        correct(agent, "bad", null);
        Files.writeString(file(), """
                {"id": "export", "set": "holdout", "label": "bad", "item": %s}
                """.formatted(item(agent).replace("please help us", "please help")));

        assertThat(proposed.open(agent, file())).singleElement().satisfies(proposal -> {
            assertThat(proposal.twin()).hasValue("export");
            assertThat(proposal.set()).isEqualTo(EvalCase.CaseSet.HOLDOUT);
        });
    }

    @Test
    void stay_open_if_the_file_cannot_be_written() throws Exception {
        var agent = decided("a");
        correct(agent, "bad", null);
        var proposal = proposed.open(agent, file()).get(0);
        var unwritable = Files.createDirectory(folder.resolve("cases.jsonl"));

        assertThatThrownBy(() -> proposed.accept(proposal, unwritable)).isInstanceOf(UncheckedIOException.class);

        Files.delete(unwritable);
        assertThat(proposed.open(agent, file())).hasSize(1);
    }

    private Path file() {
        return folder.resolve("cases.jsonl");
    }

    private RegisteredAgent<?, ?> decided(String text) {
        var notes = new NoteAgent();
        notes.notes = List.of(new Note("a", "1", text));
        var agent = notes.in(Mode.SHADOW);
        runner.run(agent);
        return agent;
    }

    private String item(RegisteredAgent<?, ?> agent) {
        return journal.item(journal.entries(agent.name(), EntryState.SHADOWED, 1)
                        .get(0)
                        .id())
                .orElseThrow();
    }

    private void correct(RegisteredAgent<?, ?> agent, String label, @Nullable String note) {
        var entry = journal.entries(agent.name(), EntryState.SHADOWED, 1).get(0);
        var fields = json.createObjectNode().put("label", label);
        assertThat(feedback.store(new Feedback(
                        Database.newId(),
                        entry.id(),
                        Instant.now(),
                        Source.API,
                        Verdict.DOWN,
                        fields.toString(),
                        label,
                        false,
                        null,
                        note,
                        null)))
                .isTrue();
    }
}
