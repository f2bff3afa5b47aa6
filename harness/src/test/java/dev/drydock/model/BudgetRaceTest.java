package dev.drydock.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.drydock.JavaProcess;
import dev.drydock.journal.Journals;
import dev.drydock.journal.SpendLedger;
import dev.drydock.journal.SpendLedger.Limit;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Many threads of two processes, one budget. */
@Execution(ExecutionMode.CONCURRENT)
class BudgetRaceTest {

    private static final int THREADS_EACH = 100;
    private final LocalDate today = LocalDate.now(ZoneOffset.UTC);

    private final WireMockServer server = new WireMockServer(WireMockConfiguration.options()
            .bindAddress("127.0.0.1")
            .dynamicPort()
            .containerThreads(250));

    private EmbeddedPostgres postgres;
    private String jdbcUrl;

    @BeforeEach
    void start() throws Exception {
        server.start();
        postgres = EmbeddedPostgres.builder().start();
        jdbcUrl = postgres.getJdbcUrl("postgres", "postgres");
        Flyway.configure().dataSource(postgres.getPostgresDatabase()).load().migrate();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
        postgres.close();
    }

    @Test
    void is_never_passed_and_well_used() throws Exception {
        // 200 tokens in, 700 out: 0.0008 dollars, where the worst case is 0.0009 and a little
        server.stubFor(WireMock.any(WireMock.anyUrl())
                .willReturn(WireMock.okJson("{\"usage\": {\"prompt_tokens\": 200, \"completion_tokens\": 700}}")
                        .withFixedDelay(20)));
        var processes = List.of(spender(), spender());
        int calls = 0;
        for (var process : processes) {
            var out = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertThat(process.waitFor()).as(out).isZero();
            calls += Integer.parseInt(out.strip());
        }

        var day = Journals.ledger(jdbcUrl).day(SpendLedger.ALL, today).orElseThrow();
        assertThat(day.spentUsd()).isLessThanOrEqualTo(BigDecimal.ONE);
        assertThat(day.spentUsd()).isEqualByComparingTo(new BigDecimal("0.0008").multiply(new BigDecimal(calls)));
        assertThat(day.spentUsd()).isGreaterThan(new BigDecimal("0.998"));
        assertThat(day.reservedUsd()).isZero();
        assertThat(server.getAllServeEvents()).hasSize(calls);
    }

    @Test
    void gives_back_what_a_dead_process_had_reserved() throws Exception {
        var ledger = Journals.ledger(jdbcUrl);
        var limit = new Limit(SpendLedger.ALL, BigDecimal.ONE);
        ledger.open(SpendLedger.ALL, today, ZoneOffset.UTC);
        assertThat(ledger.reserve(limit, today, new BigDecimal("0.9"), Duration.ofMillis(-1)))
                .isPresent();
        assertThat(ledger.reserve(limit, today, new BigDecimal("0.9"), Duration.ofMinutes(1)))
                .isEmpty();

        ledger.giveBackExpired();

        var second = ledger.reserve(limit, today, new BigDecimal("0.9"), Duration.ofMinutes(1));
        assertThat(second).isPresent();
        ledger.settle(second.orElseThrow(), new BigDecimal("0.5"));
        assertThat(ledger.day(SpendLedger.ALL, today).orElseThrow().spentUsd()).isEqualByComparingTo("0.5");
    }

    private Process spender() throws Exception {
        return JavaProcess.of(Spender.class, jdbcUrl, server.baseUrl(), String.valueOf(THREADS_EACH))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
