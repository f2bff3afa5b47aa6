package dev.drydock.console;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import dev.drydock.NoteAgent;
import dev.drydock.TestSettings;
import dev.drydock.agent.Mode;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.connect.LogLines;
import dev.drydock.journal.RunHistory;
import dev.drydock.judge.Checklist;
import dev.drydock.judge.ChecklistItem;
import dev.drydock.run.AgentRunner;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code ./drydock check}, {@code rehearse}, and the gate in front of live mode. */
@QuarkusTest
class CheckCommandTest {

    @Inject
    CheckCommand.Once check;

    @Inject
    RehearseCommand.Once rehearse;

    @Inject
    Checklist checklist;

    @Inject
    RunHistory runs;

    @Inject
    AgentRunner runner;

    private final NoteAgent agent = new NoteAgent("a");

    @Test
    void exits_with_7_while_a_line_does_not_hold() throws Exception {
        assertThat(check.run()).isEqualTo(7);
        assertThat(check.run("--json")).isEqualTo(7);
    }

    @Test
    void prints_the_lines_of_each_day_with_their_evidence_and_remedy() {
        var text = CheckCommand.Once.text(checklist.report(List.of(agent.in(Mode.SHADOW))));

        assertThat(text)
                .contains("Day 1: ", "Day 30: ", "Day 90: ", "  R1  DOES NOT HOLD  Five or more days in shadow mode")
                .contains("-> Run in shadow mode on 5 days")
                .endsWith(" of %d lines hold".formatted(ChecklistItem.values().length));
    }

    @Test
    void answers_the_api_as_the_command() {
        get("/api/check")
                .then()
                .statusCode(200)
                .body("allHold", is(false))
                .body("lines", hasSize(ChecklistItem.values().length))
                .body("lines.id", hasItem("R1"))
                .body("lines.state", hasItem("DOES_NOT_HOLD"));
    }

    @Test
    void records_a_rehearsal() {
        assertThat(rehearse.run("ROLLBACK", "PT3M")).isZero();

        assertThat(CheckCommand.Once.text(checklist.report(List.of(agent.in(Mode.SHADOW)))))
                .contains("R8  holds", "took 180 s");
        assertThat(DrydockCommand.commandLine().execute("rehearse", "rollback", "--took", "soon"))
                .isEqualTo(2);
    }

    @Test
    void lets_no_agent_go_live_before_its_lines_hold_and_names_them() {
        assertThat(refusal("enforce", agent.in(Mode.LIVE)))
                .contains(agent.spec().name() + " cannot go live", "R1 Five or more days", "./drydock check");
        assertThat(gate("enforce").refusal(agent.in(Mode.LIVE))).isPresent();
        assertThat(refusal("enforce", agent.in(Mode.SHADOW))).isEmpty();
    }

    @Test
    void only_warns_of_an_agent_that_is_live_already_or_where_the_gate_is_open() {
        try (var log = new LogLines()) {
            assertThat(refusal("warn", agent.in(Mode.LIVE))).isEmpty();
            runner.run(agent.in(Mode.LIVE));
            assertThat(refusal("enforce", agent.in(Mode.LIVE))).isEmpty();
            assertThat(gate("enforce").refusal(agent.in(Mode.LIVE)))
                    .as("a cycle of a live agent is not even warned of")
                    .isEmpty();

            assertThat(log.lines)
                    .filteredOn(line -> line.contains("R1 Five or more days"))
                    .hasSize(2);
        }
    }

    private String refusal(String gate, RegisteredAgent<?, ?> agent) {
        return gate(gate).refusal(List.of(agent)).orElse("");
    }

    private GoLive gate(String gate) {
        return new GoLive(checklist, runs, TestSettings.of(Map.of("drydock.live-gate", gate)));
    }
}
