package dev.drydock.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.judge.Scorecard;
import dev.drydock.judge.Scorecard.AgentWeeks;
import dev.drydock.judge.Scorecard.Week;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScorecardTextTest {

    private static final Week WEEK = new Week(
            LocalDate.of(2026, 11, 2),
            true,
            120,
            118,
            2,
            40,
            0.925,
            1,
            0.91,
            2,
            1_840L,
            new BigDecimal("0.331234"),
            null,
            0,
            null,
            1.0,
            3,
            List.of("model gpt-5", "prompt Judge.judge v2"));

    private static final Scorecard CARD = new Scorecard(
            LocalDate.of(2026, 11, 9), List.of(new AgentWeeks("triage", List.of(WEEK), "triage: steady.")));

    @Test
    void aligns_numbers_to_the_right() {
        assertThat(ScorecardText.table(CARD)).isEqualTo("""
                triage: steady.

                WEEK        INPUTS  DECIDED  FAILED  AGREEMENT  DANGEROUS    EVAL  EVAL DANGEROUS  P95 MS  USD/DAY  USD/ITEM  DELIVERED  ON TIME   UPTIME  ALERTS  CHANGES
                2026-11-02     120      118       2     92.5 %          1  91.0 %               2    1840   0.3312         -          0        -  100.0 %       3  model gpt-5, prompt Judge.judge v2
                """);
    }

    @Test
    void quotes_what_a_spreadsheet_would_split_and_leaves_empty_what_was_not_measured() {
        assertThat(ScorecardText.csv(CARD).split("\r\n"))
                .hasSize(2)
                .contains(
                        "triage,2026-11-02,120,118,2,92.5 %,1,91.0 %,2,1840,0.3312,,0,,100.0 %,3,\"model gpt-5, prompt Judge.judge v2\"");
    }

    @Test
    void makes_a_table_of_markdown_for_each_agent() {
        assertThat(ScorecardText.markdown(CARD))
                .startsWith("## triage\n\ntriage: steady.\n\n| week | inputs |")
                .contains("| --- | ---: |", "| 2026-11-02 | 120 |");
    }

    @Test
    void takes_one_format_and_a_number_of_weeks() {
        assertThat(DrydockCommand.commandLine().execute("scorecard", "--csv", "--json"))
                .isEqualTo(2);
        assertThat(DrydockCommand.commandLine().execute("scorecard", "--weeks", "0"))
                .isEqualTo(2);
    }
}
