package dev.drydock.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.judge.eval.ReadEvals.Figure;
import dev.drydock.judge.replay.FieldDiff;
import dev.drydock.judge.replay.Lane;
import dev.drydock.judge.replay.PromptTrial;
import dev.drydock.judge.replay.PromptTrial.Changed;
import dev.drydock.judge.replay.PromptTrial.Eval;
import dev.drydock.judge.replay.PromptTrials;
import dev.drydock.judge.replay.ReplayedEntry.ByVariant;
import dev.drydock.judge.replay.ReplayedEntry.VariantOutcome;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a developer sees of a changed prompt. */
@QuarkusTest
class PromptPageTest {

    private static final Path KEPT = Path.of("target", "prompts", "triage.json");

    @Inject
    ObjectMapper json;

    @Inject
    PromptTrials trials;

    @AfterEach
    void forget() throws Exception {
        trials.end("triage");
        Files.deleteIfExists(KEPT);
    }

    @Test
    void says_what_to_do_before_anything_has_changed() {
        assertThat(Browser.page("/prompt/triage").select("main").text()).contains("Nothing has changed yet");
    }

    @Test
    void says_how_many_samples_are_being_decided() {
        trials.begin("triage", 12);

        assertThat(Browser.page("/prompt/triage").select("main [role=status]").text())
                .isEqualTo("Deciding 12 samples by the new version: 0 decided");
    }

    @Test
    void shows_each_changed_decision_and_the_eval_beside_the_baseline() throws Exception {
        var fields = List.of(new FieldDiff("summary", "then", "<i>now</i>"), new FieldDiff("urgency", "NOW", "LATER"));
        var changed = new Changed(
                UUID.randomUUID(),
                "07-sso.eml",
                lane("OUTAGE"),
                new ByVariant(VariantOutcome.OTHER_LABEL, true, fields, lane("QUESTION")));
        var eval = new Eval("REGRESSED", "3 turned wrong", List.of(new Figure("accuracy", "80 %", "90 %", "-10.0")));
        keep(new PromptTrial("triage", Instant.now(), 25, 22, List.of(changed), "0.031", eval));

        var page = Browser.page("/prompt/triage");

        assertThat(page.select("main").text())
                .containsSubsequence(
                        "1 of 22 decisions changed",
                        "last 25 entries",
                        "It cost $0.031",
                        "07-sso.eml",
                        "dangerous",
                        "OUTAGE → QUESTION",
                        "summary then <i>now</i>",
                        "urgency NOW LATER",
                        "REGRESSED: 3 turned wrong",
                        "accuracy 80 % 90 % -10.0");
        assertThat(page.select("main i")).isEmpty();
        assertThat(page.select("main [hx-trigger='sse:changed']")).hasSize(1);
    }

    @Test
    void is_in_the_navigation_of_dev_mode_only() {
        assertThat(Browser.page("/").select("nav").text()).contains("Evals").doesNotContain("Prompt");
    }

    private void keep(PromptTrial trial) throws Exception {
        Files.createDirectories(KEPT.toAbsolutePath().getParent());
        Files.writeString(KEPT, json.writeValueAsString(Map.of("last", trial, "answers", Map.of())));
    }

    private static Lane lane(String label) {
        return new Lane(null, label, "MODEL", null, List.of(), null, null);
    }
}
