package dev.drydock.console.page;

import dev.drydock.console.Tone;
import dev.drydock.journal.Run;
import dev.drydock.journal.RunTimeline;
import dev.drydock.journal.RunTimeline.Count;
import dev.drydock.journal.RunTimeline.Lane;
import io.quarkus.qute.RawString;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A run as a picture: fetch, decided entries, model calls and deliveries, each on a line of its own, from its begin to its end. */
@Singleton
class Timeline {

    private static final int PARTS = 100;
    private static final int LEFT = 80;
    private static final int PART = 6;
    private static final int LINE = 34;
    private static final int TALLEST = 24;

    private final RunTimeline journal;

    Timeline(RunTimeline journal) {
        this.journal = journal;
    }

    RawString of(Run run, Instant now) {
        var end = run.finishedAt() == null ? now : run.finishedAt();
        var took = Duration.between(run.startedAt(), end);
        var svg = new StringBuilder(
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"Fetch, decisions, calls and deliveries over %s\">"
                        .formatted(LEFT + PARTS * PART, 4 * LINE + 16, Times.took(took)));
        fetch(svg, run, took);
        lane(svg, 1, "decided", journal.counts(run.id(), Lane.DECIDED, run.startedAt(), took, PARTS));
        lane(svg, 2, "calls", journal.counts(run.id(), Lane.CALLS, run.startedAt(), took, PARTS));
        lane(svg, 3, "delivered", journal.counts(run.id(), Lane.DELIVERIES, run.startedAt(), took, PARTS));
        text(svg, LEFT, 4 * LINE + 12, "0");
        text(svg, LEFT + PARTS * PART - 44, 4 * LINE + 12, Times.took(took));
        return new RawString(svg.append("</svg>").toString());
    }

    private void fetch(StringBuilder svg, Run run, Duration took) {
        begin(svg, 0, "fetch");
        var until = journal.firstAdmitted(run.id(), run.startedAt());
        if (until.isPresent()) {
            var share =
                    Duration.between(run.startedAt(), until.get()).toMillis() / (double) Math.max(1, took.toMillis());
            var width = (int) Math.max(2, Math.min(1, share) * PARTS * PART);
            svg.append(Charts.rect(LEFT, LINE - TALLEST / 2, width, TALLEST / 2, Tone.BUSY))
                    .append("><title>until the first entry was stored, %s</title></rect>"
                            .formatted(Times.took(Duration.between(run.startedAt(), until.get()))));
        }
    }

    private static void lane(StringBuilder svg, int lane, String name, List<Count> counts) {
        begin(svg, lane, name);
        var most = counts.stream().mapToLong(Count::number).max().orElse(1);
        for (var count : counts) {
            var height = (int) Math.max(3, count.number() * TALLEST / most);
            svg.append(Charts.rect(
                            LEFT + count.part() * PART,
                            (lane + 1) * LINE - height,
                            PART - 1,
                            height,
                            count.failed() > 0 ? Tone.BAD : Tone.GOOD))
                    .append("><title>%d %s%s</title></rect>"
                            .formatted(
                                    count.number(),
                                    name,
                                    count.failed() > 0 ? ", %d failed".formatted(count.failed()) : ""));
        }
    }

    private static void begin(StringBuilder svg, int lane, String name) {
        var y = (lane + 1) * LINE;
        svg.append("<line class=\"rule\" x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\"/>"
                .formatted(LEFT, LEFT + PARTS * PART, y, y));
        text(svg, 0, y - 4, name);
    }

    private static void text(StringBuilder svg, int x, int y, String text) {
        svg.append("<text x=\"%d\" y=\"%d\">%s</text>".formatted(x, y, text));
    }
}
