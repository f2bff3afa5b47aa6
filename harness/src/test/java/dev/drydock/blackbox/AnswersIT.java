package dev.drydock.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the packaged program makes of the answers and errors that model servers send: each line of the table. */
@Order(1) // among the longest, which must not be the last
class AnswersIT {

    private static final String LATEST_ENTRY = " (select * from entry order by admitted_at desc limit 1) latest";
    private static final String LATEST_RUN = " (select * from run order by started_at desc limit 1) latest";

    private static TestEnvironment environment;
    private static AnswerServer server;
    private static ServingProgram serving;
    private static String process = "";

    @BeforeAll
    static void start() throws Exception {
        environment = new TestEnvironment();
        server = new AnswerServer(AnswerCase.all().get(0));
        serving = ServingProgram.start(environment, settings());
    }

    @AfterAll
    static void stop() throws Exception {
        serving.terminate();
        server.close();
        environment.close();
    }

    /** Those of one process after each other. */
    static Stream<AnswerCase> cases() throws IOException {
        return AnswerCase.all().stream().sorted(Comparator.comparing(one -> or(one.process())));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void takes(AnswerCase expected) throws Exception {
        continueIn(or(expected.process()));
        fillAccount();
        prepare(expected);

        serving.run();

        check(expected);
        assertThat(serving.log()).contains(or(expected.logs()));
    }

    private static void continueIn(String next) throws Exception {
        if (!next.equals(process)) {
            serving.terminate();
            serving = ServingProgram.start(environment, settings());
            process = next;
        }
    }

    /** If the account was empty in the case before, the program asks once and sees that it no longer is. */
    private static void fillAccount() throws Exception {
        if (environment.count("run") > 0
                && environment.latestRun("coalesce(skip_reason, '')").equals("QUOTA")) {
            emptyInbox();
            server.play(cases().findFirst().orElseThrow());
            serving.run();
        }
    }

    private static Map<String, String> settings() {
        return environment.settings(Map.of(
                "OPENAI_BASE_URL", server.baseUrl(),
                // so many failures in a row are no outage here
                "quarkus.fault-tolerance.\"dev.drydock.model.RouteCall/intercept\".circuit-breaker.request-volume-threshold",
                        "1000",
                "quarkus.fault-tolerance.global.retry.delay", "10",
                "quarkus.fault-tolerance.global.retry.jitter", "5"));
    }

    /** One new message, and nothing that is still to be decided. */
    private static void prepare(AnswerCase expected) throws Exception {
        emptyInbox();
        server.play(expected);
        environment.put(UUID.randomUUID() + ".txt", expected.text());
    }

    private static void emptyInbox() throws Exception {
        try (var files = Files.list(environment.inbox())) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }
        try (var connection = environment.connect();
                var statement = connection.createStatement()) {
            statement.execute("update entry set state = 'REJECTED' where state = 'ADMITTED'");
        }
    }

    private static void check(AnswerCase expected) throws Exception {
        var entry =
                environment.ask("select state || ', ' || attempts || ', ' || coalesce(fault, '') from" + LATEST_ENTRY);
        switch (expected.state()) {
            case "decided" -> assertThat(entry).startsWith("SHADOWED, 0");
            case "blamed" -> assertThat(entry).startsWith("ADMITTED, 1").contains(or(expected.why()));
            default -> {
                assertThat(entry).startsWith("ADMITTED, 0");
                assertThat(environment.latestRun("coalesce(skip_reason, '')")).isEqualTo(expected.why());
            }
        }
        checkRequests(expected);
        var calls = "from model_call where called_at >= (select started_at from" + LATEST_RUN + ")";
        var cost = new BigDecimal(environment.ask("select coalesce(sum(cost_usd), 0) " + calls));
        assertThat(cost).isGreaterThanOrEqualTo(BigDecimal.ZERO);
        expected.expectedCost().ifPresent(usd -> assertThat(cost).isEqualByComparingTo(usd));
        assertThat(environment.ask(
                        "select coalesce((select cost_origin " + calls + " order by called_at desc limit 1), '')"))
                .contains(or(expected.origin()));
        assertThat(environment.ask("select coalesce(decision::text, '') from" + LATEST_ENTRY))
                .contains(or(expected.label()));
    }

    private static void checkRequests(AnswerCase expected) {
        var requests = server.requests();
        assertThat(requests).hasSize(expected.calls());
        if (expected.sends() != null) {
            expected.sends()
                    .forEach((number, parts) ->
                            assertThat(requests.get(number - 1)).contains(parts));
        }
        if (expected.lacks() != null) {
            expected.lacks()
                    .forEach((number, parts) ->
                            assertThat(requests.get(number - 1)).doesNotContain(parts));
        }
        if (expected.shorter()) {
            assertThat(requests.get(requests.size() - 1))
                    .hasSizeLessThan(requests.get(0).length());
        }
        if (expected.within() > 0) {
            assertThat(requests).allSatisfy(request -> assertThat(request).hasSizeLessThan(expected.within()));
        }
    }

    private static String or(String text) {
        return text == null ? "" : text;
    }
}
