package dev.drydock.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.drydock.NoteAgent;
import dev.drydock.agent.Mode;
import dev.drydock.console.ReplayCommand.Once;
import dev.drydock.journal.JournalQueries;
import dev.drydock.judge.replay.FieldDiff;
import dev.drydock.judge.replay.Lane;
import dev.drydock.judge.replay.ReplayReport;
import dev.drydock.judge.replay.ReplayReport.VariantTotals;
import dev.drydock.judge.replay.ReplayedEntry;
import dev.drydock.judge.replay.ReplayedEntry.ByVariant;
import dev.drydock.judge.replay.ReplayedEntry.FromRecords;
import dev.drydock.judge.replay.ReplayedEntry.RecordOutcome;
import dev.drydock.judge.replay.ReplayedEntry.VariantOutcome;
import dev.drydock.run.AgentRunner;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./drydock replay}. */
@QuarkusTest
class ReplayCommandTest {

    private static final UUID ENTRY = UUID.fromString("0199ae21-0000-7000-8000-000000000001");

    @Inject
    Once command;

    @Inject
    AgentRunner runner;

    @Inject
    JournalQueries journal;

    @Test
    void replays_a_run_an_entry_or_a_period() throws Exception {
        var agent = new NoteAgent("a");
        var run = runner.run(agent.in(Mode.SHADOW)).runId();
        var entry = journal.entries(agent.spec().name(), null, 1).get(0).id();

        assertThat(command.run("run", String.valueOf(run), "", "", "false", "true"))
                .isZero();
        assertThat(command.run("entry", entry.toString(), "", "", "false", "false"))
                .isZero();
        assertThat(command.run("since", "2999-01-01T00:00:00Z", "", "", "false", "true"))
                .isZero();
    }

    @Test
    void knows_no_other_run_or_entry() throws Exception {
        var id = UUID.randomUUID().toString();

        assertThat(command.run("run", id, "", "", "false", "false")).isEqualTo(2);
        assertThat(command.run("entry", id, "", "", "false", "false")).isEqualTo(2);
    }

    @Test
    void ends_with_5_only_if_the_second_lane_differs() {
        assertThat(Once.exitCode(report(RecordOutcome.DIFFERS, null))).isEqualTo(5);
        assertThat(Once.exitCode(report(RecordOutcome.OTHER_QUESTION, null))).isZero();
        assertThat(Once.exitCode(report(RecordOutcome.SAME, VariantOutcome.OTHER_LABEL)))
                .isZero();
    }

    @Test
    void prints_what_differs_with_trace_and_cost() {
        assertThat(ReplayText.of(report(RecordOutcome.DIFFERS, VariantOutcome.OTHER_LABEL))
                        .lines())
                .containsExactly(
                        "Replayed 1 entries of run 7.",
                        "From the records: 1 differs.",
                        "Variant model big, asked live: 1 other label, 1 dangerous.",
                        "Cost of what it decided: production 0.01 USD, variant 0.03 USD, difference 0.02 USD.",
                        "",
                        "triage entry %s, item mail-1, trace 4bf9".formatted(ENTRY),
                        "  from the records: differs",
                        "    the decision differs",
                        "    urgency: NOW → LATER",
                        "  variant: other label, DANGEROUS, BUG → SPAM, trace 77aa",
                        "    category: BUG → SPAM");
    }

    @Test
    void names_the_variant_candidate_in_json() {
        var json = new ObjectMapper().valueToTree(report(RecordOutcome.SAME, VariantOutcome.OTHER_LABEL));

        assertThat(json.at("/candidate/model").asText()).isEqualTo("big");
        assertThat(json.at("/shown/0/candidate/outcome").asText()).isEqualTo("OTHER_LABEL");
    }

    @Test
    void refuses_what_makes_no_sense(@TempDir Path folder) throws Exception {
        var empty = Files.createFile(folder.resolve("empty.txt")).toString();

        assertThat(refusal("replay")).contains("name one of: the id of a run, --entry ID, --since TIME");
        assertThat(refusal("replay", ENTRY.toString(), "--since", "30d")).contains("name one of");
        assertThat(refusal("replay", "latest")).contains("\"latest\" is no id");
        assertThat(refusal("replay", "--since", "yesterday")).contains("--since: \"yesterday\" is not a time");
        assertThat(refusal("replay", ENTRY.toString(), "--prompt", empty)).contains("--prompt: ", "is empty");
        assertThat(refusal("replay", ENTRY.toString(), "--prompt", folder + "/none.txt"))
                .contains("--prompt: cannot read", "NoSuchFileException");
    }

    private static String refusal(String... arguments) {
        var err = new StringWriter();
        assertThat(DrydockCommand.commandLine()
                        .setErr(new PrintWriter(err, true))
                        .execute(arguments))
                .isEqualTo(2);
        return err.toString();
    }

    private static ReplayReport report(RecordOutcome outcome, @Nullable VariantOutcome byVariant) {
        var differs = outcome == RecordOutcome.DIFFERS;
        var records = new FromRecords(
                outcome,
                differs ? List.of("the decision differs") : List.of(),
                false,
                differs ? List.of(new FieldDiff("urgency", "NOW", "LATER")) : List.of(),
                null);
        var variant = byVariant == null
                ? null
                : new ByVariant(
                        byVariant, true, List.of(new FieldDiff("category", "BUG", "SPAM")), lane("SPAM", "77aa"));
        var totals = byVariant == null
                ? null
                : new VariantTotals("big", false, true, Map.of(byVariant, 1), 1, "0.01", "0.03", "0.02", "0");
        var entry = new ReplayedEntry(ENTRY, "triage", "mail-1", null, lane("BUG", "4bf9"), records, variant);
        return new ReplayReport("run 7", 1, Map.of(outcome, 1), totals, "0.01", List.of(entry), 0);
    }

    private static Lane lane(String label, String trace) {
        JsonNode decision = JsonNodeFactory.instance.objectNode().put("category", label);
        return new Lane(decision, label, "MODEL", null, List.of(), "0.01", trace);
    }
}
