package dev.drydock.judge;

import dev.drydock.judge.Scorecard.Week;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The one sentence that matters about an agent's last complete week, compared with the one before. */
final class ScorecardSentence {

    private static final double UPTIME = 0.95;
    private static final double AGREEMENT_POINTS = 0.05;
    private static final double FAILED = 0.05;
    private static final double GROWTH = 1.2;
    private static final double PERCENT = 100;

    private ScorecardSentence() {}

    /** The worst first: dangerous mistakes, missing runs, late outputs, less agreement or accuracy, failures, cost, latency; otherwise that it is steady. */
    static String of(String agent, List<Week> weeks) {
        var complete = weeks.stream().filter(Week::complete).toList();
        if (complete.isEmpty()) {
            return "%s has no complete week yet.".formatted(agent);
        }
        var last = complete.get(complete.size() - 1);
        var before = complete.size() > 1 ? complete.get(complete.size() - 2) : null;
        var bad = bad(last, before);
        var changes = last.changes().isEmpty()
                ? ""
                : " Changed in that week: %s.".formatted(String.join(", ", last.changes()));
        return "%s: %s%s".formatted(agent, bad == null ? good(last) : bad, changes);
    }

    private static @Nullable String bad(Week last, @Nullable Week before) {
        if (last.dangerous() > 0) {
            return text("%d dangerous mistakes among %d judged outputs.", last.dangerous(), last.judged());
        }
        if (before != null && isMoreDangerous(last.evalDangerous(), before.evalDangerous())) {
            return text("%d dangerous failures in its eval, after %d.", last.evalDangerous(), before.evalDangerous());
        }
        var uptime = last.uptime();
        if (uptime != null && uptime < UPTIME) {
            return text("only %.0f %% of the due runs completed.", uptime * PERCENT);
        }
        var onTime = last.onTime();
        if (onTime != null && onTime < 1) {
            return text("only %.0f %% of the deadlines were met.", onTime * PERCENT);
        }
        var agreement = last.agreement();
        var agreed = before == null ? null : before.agreement();
        if (agreement != null && agreed != null && agreement < agreed - AGREEMENT_POINTS) {
            return text(
                    "agreement fell from %.0f %% to %.0f %% of %d judged outputs.",
                    agreed * PERCENT, agreement * PERCENT, last.judged());
        }
        var accuracy = last.evalAccuracy();
        var earlier = before == null ? null : before.evalAccuracy();
        if (accuracy != null && earlier != null && accuracy < earlier - AGREEMENT_POINTS) {
            return text("accuracy of its eval fell from %.0f %% to %.0f %%.", earlier * PERCENT, accuracy * PERCENT);
        }
        if (last.failed() > FAILED * (last.decided() + last.failed())) {
            return text("%d of %d entries failed.", last.failed(), last.decided() + last.failed());
        }
        return before == null ? null : dearerOrSlower(last, before);
    }

    private static boolean isMoreDangerous(@Nullable Integer now, @Nullable Integer then) {
        return now != null && then != null && now > then;
    }

    private static @Nullable String dearerOrSlower(Week last, Week before) {
        if (isMore(last.usdPerItem(), before.usdPerItem())) {
            return text("an item costs %.4f USD, after %.4f.", last.usdPerItem(), before.usdPerItem());
        }
        if (isMore(last.p95Millis(), before.p95Millis())) {
            return text("the 95th percentile of calls is %d ms, after %d.", last.p95Millis(), before.p95Millis());
        }
        return null;
    }

    private static String good(Week last) {
        var agreement = last.agreement();
        if (agreement != null) {
            return text("steady; people agreed with %.0f %% of %d outputs.", agreement * PERCENT, last.judged());
        }
        var accuracy = last.evalAccuracy();
        return accuracy == null
                ? text(
                        "steady, but nobody judged its %d decisions: whether they are right is not known.",
                        last.decided())
                : text("steady; its eval is right in %.0f %% of the cases.", accuracy * PERCENT);
    }

    private static boolean isMore(@Nullable Number now, @Nullable Number then) {
        return now != null && then != null && then.doubleValue() > 0 && now.doubleValue() > GROWTH * then.doubleValue();
    }

    private static String text(String format, @Nullable Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
