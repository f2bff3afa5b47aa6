package dev.drydock.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.judge.CostReport;
import dev.drydock.judge.CostReport.Lever;
import dev.drydock.judge.CostReport.Row;
import dev.drydock.judge.CostReport.Share;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code ./drydock cost} prints. */
class CostTextTest {

    private static final CostReport REPORT = new CostReport(
            Instant.parse("2026-10-27T08:00:00Z"),
            Instant.parse("2026-11-26T08:00:00Z"),
            new BigDecimal("4.059375"),
            List.of(
                    new Row(
                            "triage",
                            "Judge.judge",
                            "gpt-4.1-mini",
                            312.5,
                            840L,
                            61L,
                            "0.40 / 1.60",
                            new BigDecimal("0.135313"),
                            true,
                            "measured, 30 days"),
                    new Row(
                            "owl",
                            "(no run yet)",
                            "gpt-4.1-mini",
                            1.0,
                            1_000L,
                            100L,
                            "0.40 / 1.60",
                            new BigDecimal("0.000560"),
                            false,
                            "estimated: one call a cycle by its schedule \"0 6 * * *\", with assumed tokens"),
                    new Row(
                            "database",
                            "",
                            "",
                            null,
                            null,
                            null,
                            null,
                            new BigDecimal("0.633333"),
                            false,
                            "set: 19 USD a month"),
                    new Row(
                            "hosting",
                            "",
                            "",
                            null,
                            null,
                            null,
                            null,
                            null,
                            false,
                            "not known: set DRYDOCK_COST_HOSTING_MONTHLY_USD")),
            new BigDecimal("0.769206"),
            new BigDecimal("23.076180"),
            List.of(new Lever(
                    "cheaper model",
                    "triage",
                    new BigDecimal("3.047344"),
                    "9,375 calls cost 4.0594; their tokens at the price of gpt-6-luna, uncached, cost 1.0120",
                    "its accuracy is unknown until: ./drydock eval triage --model gpt-6-luna")),
            List.of(new Share("triage", null, 9_375, new BigDecimal("4.059375"))),
            List.of(
                    new Share("triage", "BILLING", 4_100, new BigDecimal("1.775300")),
                    new Share("triage", "OUTAGE", 75, new BigDecimal("0.032475"))),
            List.of());

    @Test
    void aligns_the_rows_and_names_what_they_come_from() {
        assertThat(CostCommand.Once.text(REPORT)).isEqualTo("""
                WHAT      CALL SITE     MODEL         CALLS/DAY  TOKENS/CALL       USD/1M  USD/DAY  BASIS
                triage    Judge.judge   gpt-4.1-mini      312.5     840 + 61  0.40 / 1.60   0.1353  measured, 30 days
                owl       (no run yet)  gpt-4.1-mini        1.0  1,000 + 100  0.40 / 1.60   0.0006  estimated: one call a cycle by its schedule "0 6 * * *", with assumed tokens
                database                                                                    0.6333  set: 19 USD a month
                hosting                                                                          -  not known: set DRYDOCK_COST_HOSTING_MONTHLY_USD
                total                                                                       0.7692  23.0762 in 30 days

                Spent since 2026-10-27: 4.0594 USD. Levers overlap: do not add them.
                LEVER          AGENT    SAVES  ARITHMETIC, AND HOW
                cheaper model  triage  3.0473  9,375 calls cost 4.0594; their tokens at the price of gpt-6-luna, uncached, cost 1.0120
                                               -> its accuracy is unknown until: ./drydock eval triage --model gpt-6-luna

                Spent by label
                AGENT   LABEL    ENTRIES     USD
                triage  BILLING    4,100  1.7753
                triage  OUTAGE        75  0.0325
                """);
    }
}
