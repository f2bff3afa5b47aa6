package dev.drydock.console.page;

import dev.drydock.console.MakeStatus;
import dev.drydock.console.Tone;
import dev.drydock.journal.Run;
import io.quarkus.qute.RawString;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Small pictures as SVG, coloured by classes of the stylesheet. A height or a position says what the colour says; each part has
 * a title.
 */
final class Charts {

    private static final int STEP = 10;
    private static final int BAR = 8;
    private static final int HEIGHT = 36;

    private Charts() {}

    /** The latest runs, the oldest on the left; each leads to its page. The worse a run ended, the taller it is. */
    static RawString strip(List<Run> newestFirst, int places) {
        var svg = new StringBuilder(
                "<svg class=\"strip\" viewBox=\"0 0 %d %d\" role=\"group\" aria-label=\"The last %d runs\">"
                        .formatted(places * STEP, HEIGHT, newestFirst.size()));
        var x = places * STEP - BAR;
        for (var run : newestFirst) {
            var tone = Tone.of(run.outcome());
            var height = switch (tone) {
                case GOOD -> HEIGHT / 2;
                case BUSY, NEUTRAL -> HEIGHT / 3;
                case WARN -> HEIGHT * 3 / 4;
                case BAD -> HEIGHT;
            };
            svg.append("<a href=\"/runs/%s\" tabindex=\"-1\"><title>%s, %s, %d decided, %d failed</title>"
                    .formatted(
                            run.id(),
                            run.outcome(),
                            run.startedAt().truncatedTo(ChronoUnit.SECONDS),
                            run.counts().decided(),
                            run.counts().failed()));
            svg.append(rect(x, HEIGHT - height, BAR, height, tone)).append("/></a>");
            x -= STEP;
        }
        return new RawString(svg.append("</svg>").toString());
    }

    /** Spend by day, the oldest on the left, with the budget as a line where it is in reach. */
    static RawString days(Map<LocalDate, BigDecimal> byDay, LocalDate last, int days, @Nullable BigDecimal budget) {
        var most = byDay.values().stream().reduce(BigDecimal.ZERO, BigDecimal::max);
        var svg = new StringBuilder(
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"Spend of %d days, at most %s a day\">"
                        .formatted(days * STEP, HEIGHT, days, MakeStatus.usd(most)));
        for (int back = days - 1; back >= 0; back--) {
            var day = last.minusDays(back);
            var usd = byDay.getOrDefault(day, BigDecimal.ZERO);
            var height = Math.max(1, share(usd, most, HEIGHT));
            svg.append(rect(
                            (days - 1 - back) * STEP,
                            HEIGHT - height,
                            BAR,
                            height,
                            back == 0 ? Tone.BUSY : Tone.NEUTRAL))
                    .append("><title>%s: %s</title></rect>".formatted(day, MakeStatus.usd(usd)));
        }
        if (budget != null && most.signum() > 0 && budget.compareTo(most) <= 0) {
            var y = HEIGHT - share(budget, most, HEIGHT);
            svg.append("<line class=\"limit\" x1=\"0\" x2=\"%d\" y1=\"%d\" y2=\"%d\"/>".formatted(days * STEP, y, y));
        }
        return new RawString(svg.append("</svg>").toString());
    }

    /** Two numbers of the same thing as bars, the present one above the one before. */
    static RawString pair(long now, long before, long most) {
        return new RawString(
                "<svg class=\"pair\" viewBox=\"0 0 100 14\" role=\"img\" aria-label=\"%d, before %d\">%s/>%s/></svg>"
                        .formatted(
                                now,
                                before,
                                rect(0, 0, width(now, most), 7, Tone.BUSY),
                                rect(0, 8, width(before, most), 5, Tone.NEUTRAL)));
    }

    /** Left open, for a title or its end. */
    static String rect(int x, int y, int width, int height, Tone tone) {
        return "<rect class=\"fill-%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"1\""
                .formatted(tone.css(), x, y, width, height);
    }

    private static int width(long number, long most) {
        return most == 0 ? 0 : (int) (number * 100 / most);
    }

    private static int share(BigDecimal part, BigDecimal most, int of) {
        return most.signum() == 0
                ? 0
                : part.multiply(BigDecimal.valueOf(of))
                        .divide(most, 0, RoundingMode.HALF_UP)
                        .intValue();
    }
}
