package dev.drydock.judge.eval;

import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.Servers;
import dev.drydock.config.Agents;
import dev.drydock.judge.eval.EvalReport.Verdict;
import dev.drydock.judge.eval.RunEval.Folders;
import dev.drydock.model.ModelServer;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reference agent's cases against a model server whose answers depend on the prompt. */
@QuarkusTest
@WithTestResource(Servers.class)
class EvalTest {

    @Inject
    RunEval evals;

    @Inject
    Agents agents;

    @Inject
    CircuitBreakerMaintenance circuits;

    @ModelServer.Inject
    ModelServer server;

    @TempDir
    Path folder;

    @BeforeEach
    void writeCases() throws IOException {
        circuits.resetAll();
        var cases = IntStream.range(0, 10)
                .mapToObj(at -> """
                        {"id":"c%d","set":"%s","label":"OUTAGE",%s,"expected":{"urgency":"NOW"}}""".formatted(at, at < 8 ? "dev" : "holdout", item(at)))
                .collect(Collectors.joining("\n"));
        Files.createDirectories(folder.resolve("triage"));
        Files.writeString(folder.resolve("triage/cases.jsonl"), cases);
        answer("OUTAGE", "NOW");
    }

    @Test
    void runs_on_recorded_answers_without_asking() throws Exception {
        var recorded = run(record().build());
        server.fail(500);

        var again = run(options().build());

        assertThat(recorded.verdict()).isEqualTo(Verdict.PASSES);
        assertThat(again.verdict()).isEqualTo(Verdict.PASSES);
        assertThat(again.result()).isEqualTo(recorded.result());
        assertThat(again.result()).satisfies(result -> {
            assertThat(result.model()).isEqualTo("mock-1");
            assertThat(result.figures().accuracy()).isEqualTo(new Proportion(10, 10));
            assertThat(result.figures().costUsd()).isPositive();
        });
        assertThat(Files.readAllLines(folder.resolve("triage/recordings/mock-1.jsonl")))
                .hasSize(10)
                .isSorted();
    }

    @Test
    void fails_a_worse_prompt_with_the_cases_named() throws Exception {
        run(record().build());
        server.answerRequestsWith("Be worse.", triage("SPAM", "NEVER"));

        var report = run(record().prompt("", "Be worse.").build());

        assertThat(report.verdict()).isEqualTo(Verdict.REGRESSED);
        assertThat(report.sentence())
                .contains(
                        "10 dangerous failures instead of 0", "accuracy fell by 100.0 points to 0.0 %", "urgency fell");
        assertThat(WriteReports.markdown(report)).contains("- c3: OUTAGE -> SPAM, right is OUTAGE; urgency wrong now");
    }

    @Test
    void passes_a_better_prompt() throws Exception {
        answer("BUG", "NOW");
        run(record().build());
        server.answerRequestsWith("Be better.", triage("OUTAGE", "NOW"));

        var report =
                run(record().prompt("TriageAgent.Judge.judge", "Be better.").build());

        assertThat(report.verdict()).isEqualTo(Verdict.PASSES);
        assertThat(report.sentence()).isEqualTo("better on 10, worse on 0: better, beyond chance");
    }

    @Test
    void compares_another_model_and_its_cost() throws Exception {
        run(record().build());
        server.answerModel("mock-cheap", ModelServer.completionBy("mock-cheap", triage("SPAM", "NOW")));

        var report = run(record().model("mock-cheap").build());

        assertThat(report.verdict()).isEqualTo(Verdict.REGRESSED);
        assertThat(report.reference()).isEqualTo("current");
        assertThat(report.result())
                .satisfies(result -> assertThat(result.model()).isEqualTo("mock-cheap"));
        assertThat(report.comparison()).hasValueSatisfying(found -> {
            assertThat(found.before().model()).isEqualTo("mock-1");
            assertThat(EvalTable.of(found.figuresAfter(), found.figuresBefore()))
                    .contains(
                            new EvalTable.Row("cost per case", "0.000017 USD", "0.00017 USD", "-0.000153 USD (-90 %)"));
        });
    }

    @Test
    void compares_texts_by_their_meaning_or_by_a_judge_where_a_case_asks_for_it() throws Exception {
        Files.writeString(folder.resolve("triage/cases.jsonl"), """
                {"id":"near","set":"dev","label":"OUTAGE",%1$s,"expected":{"summary":{"like":"one","atLeast":0.8}}}
                {"id":"far","set":"dev","label":"OUTAGE",%2$s,"expected":{"summary":{"like":"two"},"urgency":"NOW"}}
                {"id":"good","set":"dev","label":"OUTAGE",%3$s,"expected":{"summary":{"judge":"names a reason"}}}
                """.formatted(item(1), item(2), item(3)));
        embed("one", "[1, 0.5]");
        embed("two", "[-1, 0.1]");
        server.answerRequestsWith("Criterion: names a reason", "{\"meets\":\"YES\"}");
        var recorded = run(record().build());
        server.fail(500);

        var again = run(options().build());

        assertThat(again.result()).isEqualTo(recorded.result());
        assertThat(again.result()).satisfies(result -> {
            assertThat(result.of("near").orElseThrow().fields()).isEqualTo(Map.of("summary", true));
            assertThat(result.of("far").orElseThrow().fields()).isEqualTo(Map.of("summary", false, "urgency", true));
            assertThat(result.of("good").orElseThrow().fields()).isEqualTo(Map.of("summary", true));
            assertThat(result.figures().dangerous().count()).isZero();
            assertThat(result.figures().errors().count()).isZero();
        });
    }

    private void embed(String text, String vector) {
        server.answer(
                post(urlPathEqualTo("/v1/embeddings")).withRequestBody(containing('"' + text + '"')),
                okJson("{\"data\":[{\"embedding\":%s},{\"embedding\":[1,0.4]}]}".formatted(vector)));
    }

    private static String item(int number) {
        return """
                "item":{"id":"%d.txt","version":"1","from":"","subject":"s","body":"message %1$d","headers":{},"notes":[],\
                "unreadable":null,"attachments":[]}""".formatted(number);
    }

    @Test
    void says_how_to_record_what_is_not_and_what_it_costs() throws Exception {
        run(record().build());

        var report = run(options().prompt("", "Be brief.").build());

        assertThat(report.verdict()).isEqualTo(Verdict.NOT_RECORDED);
        assertThat(report.sentence())
                .startsWith("10 of 10 cases need an answer that is not recorded: ")
                .containsPattern("--record, which costs at most 0\\.0\\d+ USD");
    }

    @Test
    void takes_an_outage_for_no_regression() throws Exception {
        run(record().updateBaseline().build());
        server.fail(500);

        var report = run(options().live().build());

        assertThat(report.verdict()).isEqualTo(Verdict.MODEL_FAILED);
        assertThat(report.verdict().exitCode()).isEqualTo(9);
        assertThat(report.isMeasured()).isFalse();
    }

    @Test
    void compares_a_set_with_the_baseline_of_that_set() throws Exception {
        run(record().updateBaseline().build());

        var report = run(options().set(EvalCase.CaseSet.HOLDOUT).build());

        assertThat(report.verdict()).isEqualTo(Verdict.PASSES);
        assertThat(report.comparison()).hasValueSatisfying(found -> {
            assertThat(found.turns()).hasSize(2);
            assertThat(found.missing()).isEmpty();
        });
        assertThat(folder.resolve("docs/prompt-changelog.md")).content().contains("| triage | mock-1 |");
    }

    @Test
    void names_the_cases_whose_answer_changes() throws Exception {
        server.answerInTurn(
                ModelServer.completion(triage("OUTAGE", "NOW")), ModelServer.completion(triage("BUG", "NOW")));

        var report = run(options().live().repeat(2).build());

        assertThat(report.repeats()).satisfies(repeats -> {
            assertThat(repeats.times()).isEqualTo(2);
            assertThat(repeats.changing()).hasSizeBetween(1, 9);
        });
    }

    @Test
    void refuses_options_that_contradict_each_other() {
        assertThatThrownBy(() -> run(options().repeat(3).build())).hasMessageContaining("add --live");
        assertThatThrownBy(() -> run(options().updateBaseline().prompt("", "x").build()))
                .hasMessageContaining("leave out --prompt");
    }

    private EvalReport run(EvalOptions options) throws InterruptedException {
        var agent = agents.named("triage").orElseThrow();
        return evals.run(agent, options, new Folders(folder, folder.resolve("docs")), (decided, of) -> {});
    }

    private void answer(String category, String urgency) {
        server.answerContent(triage(category, urgency));
    }

    private static String triage(String category, String urgency) {
        return "{\"category\":\"%s\",\"urgency\":\"%s\",\"summary\":\"s\",\"reason\":\"r\"}"
                .formatted(category, urgency);
    }

    private static Asked options() {
        return new Asked();
    }

    private static Asked record() {
        var asked = new Asked();
        asked.records = true;
        return asked;
    }

    /** The options of a command line. */
    private static final class Asked {

        private final Map<String, String> prompts = new HashMap<>();
        private EvalCase.@Nullable CaseSet set;
        private @Nullable String model;
        private boolean updatesBaseline;
        private boolean records;
        private boolean live;
        private int repeat = 1;

        Asked prompt(String name, String text) {
            prompts.put(name, text);
            return this;
        }

        Asked set(EvalCase.CaseSet set) {
            this.set = set;
            return this;
        }

        Asked model(String name) {
            model = name;
            return this;
        }

        Asked updateBaseline() {
            updatesBaseline = true;
            return this;
        }

        Asked live() {
            live = true;
            return this;
        }

        Asked repeat(int times) {
            repeat = times;
            return this;
        }

        EvalOptions build() {
            return new EvalOptions(set, null, updatesBaseline, prompts, model, records, live, repeat);
        }
    }
}
