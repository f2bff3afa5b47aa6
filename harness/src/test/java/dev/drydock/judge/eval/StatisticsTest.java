package dev.drydock.judge.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.drydock.judge.eval.ConfusionMatrix.LabelScore;
import dev.drydock.judge.eval.ConfusionMatrix.Pair;
import dev.drydock.judge.eval.EvalFigures.Percentiles;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares with figures that were computed by hand or taken from published tables. */
class StatisticsTest {

    /** Newcombe 1998, Statistics in Medicine 17:857, table I, method 3: Wilson's score without continuity correction. */
    @ParameterizedTest
    @CsvSource({"81, 263, 0.2553, 0.3662", "15, 148, 0.0624, 0.1605", "0, 20, 0.0000, 0.1611", "1, 29, 0.0061, 0.1718"})
    void gives_the_interval_of_published_examples(int count, int of, double low, double high) {
        var interval = new Proportion(count, of).interval();

        assertThat(interval.low()).isCloseTo(low, within(0.00005));
        assertThat(interval.high()).isCloseTo(high, within(0.00005));
    }

    @Test
    void knows_nothing_of_a_proportion_without_cases() {
        assertThat(new Proportion(0, 0).rate()).isZero();
        assertThat(new Proportion(0, 0).interval()).isEqualTo(new Proportion.Interval(0, 1));
        assertThat(new Proportion(0, 0)).hasToString("-");
    }

    @Test
    void scores_three_labels_of_which_one_has_no_case() {
        // right A: 2 x A, 1 x B; right B: 1 x B, 1 x C; nothing is C
        var matrix = new ConfusionMatrix(List.of(
                new Pair("A", "A"), new Pair("A", "A"), new Pair("A", "B"), new Pair("B", "B"), new Pair("B", "C")));

        assertThat(matrix.accuracy()).isEqualTo(new Proportion(3, 5));
        assertThat(matrix.scores())
                .containsExactly(
                        new LabelScore("A", new Proportion(2, 2), new Proportion(2, 3)),
                        new LabelScore("B", new Proportion(1, 2), new Proportion(1, 2)),
                        new LabelScore("C", new Proportion(0, 1), new Proportion(0, 0)));
        assertThat(matrix.scores()).extracting(LabelScore::f1).containsExactly(4.0 / 5, 1.0 / 2, 0.0);
        assertThat(matrix.macro(LabelScore::f1)).isCloseTo(1.3 / 3, within(1e-12));
        assertThat(matrix.count("B", "C")).isEqualTo(1);
        assertThat(matrix.count("C", "B")).isZero();
    }

    @Test
    void scores_one_label() {
        var matrix = new ConfusionMatrix(List.of(new Pair("A", "A"), new Pair("A", "A")));

        assertThat(matrix.accuracy().rate()).isEqualTo(1);
        assertThat(matrix.macro(LabelScore::f1)).isEqualTo(1);
    }

    @Test
    void scores_no_cases() {
        var matrix = new ConfusionMatrix(List.of());

        assertThat(matrix.labels()).isEmpty();
        assertThat(matrix.accuracy()).isEqualTo(new Proportion(0, 0));
        assertThat(matrix.macro(LabelScore::f1)).isZero();
    }

    @Test
    void scores_all_wrong() {
        var matrix = new ConfusionMatrix(List.of(new Pair("A", "B"), new Pair("B", "A")));

        assertThat(matrix.accuracy()).isEqualTo(new Proportion(0, 2));
        assertThat(matrix.scores()).extracting(LabelScore::f1).containsExactly(0.0, 0.0);
    }

    /** Two-sided: twice the sum of the binomial coefficients up to the smaller count, over a power of two. */
    @ParameterizedTest
    @CsvSource({
        "0, 0, 1", // nothing turned
        "3, 3, 1", // a tie
        "6, 0, 0.03125", // 2 x 1 / 64
        "5, 0, 0.0625", // 2 x 1 / 32
        "7, 2, 0.1796875", // 2 x (1 + 9 + 36) / 512
        "2, 10, 0.03857421875" // 2 x (1 + 12 + 66) / 4096
    })
    void tests_pairs_exactly(int better, int worse, double p) {
        assertThat(new PairedTest(better, worse, 100).pValue()).isCloseTo(p, within(1e-12));
    }

    @Test
    void says_how_many_more_cases_would_tell() {
        // 7 and 2 of 100 turned. With 128 cases they are 9 and 3 (p = 0.146); with 139 they are 10 and 3 (0.092);
        // with 150 they are 11 and 3 (0.057); with 165 they are 12 and 3 (0.035)
        var test = new PairedTest(7, 2, 100);

        assertThat(test.moreCases()).hasValue(65);
        assertThat(test.verdict()).isEqualTo("better on 7, worse on 2: not enough to tell; 65 more cases would");
    }

    @Test
    void needs_no_more_cases_where_these_tell_or_none_would() {
        assertThat(new PairedTest(9, 1, 100).verdict()).isEqualTo("better on 9, worse on 1: better, beyond chance");
        assertThat(new PairedTest(1, 9, 100).tellsWorse()).isTrue();
        assertThat(new PairedTest(2, 2, 100).verdict()).isEqualTo("better on 2, worse on 2: no difference");
        assertThat(new PairedTest(0, 0, 0).verdict()).isEqualTo("no case turned: both decide alike");
    }

    @Test
    void interpolates_percentiles() {
        var hundred = Percentiles.of(LongStream.rangeClosed(1, 101).boxed().toList());

        assertThat(hundred).hasValue(new Percentiles(51, 96));
        assertThat(Percentiles.of(List.of(10L, 20L))).hasValue(new Percentiles(15, 19.5));
        assertThat(Percentiles.of(List.of(7L))).hasValue(new Percentiles(7, 7));
        assertThat(Percentiles.of(List.of())).isEmpty();
    }
}
