package dev.drydock.run;

import dev.drydock.model.RateLimit;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** How far the cycles of this process are in deciding their entries. */
@Singleton
public class RunProgress {

    /**
     * A cycle at the moment.
     *
     * @param entries that it decides in all
     * @param taken since it decides
     * @param model the limits that it waits for
     */
    public record Progress(int decided, int failed, int entries, Duration taken, RateLimit.State model) {

        /** For people: {@code 12 of 25 entries decided, 4.0 s each, about 52 s left}, and what the model takes. */
        @Override
        public String toString() {
            return "%,d of %,d entries decided%s%s; model %s: %d calls at a time, %,d refused for now%s"
                    .formatted(
                            decided,
                            entries,
                            failed == 0 ? "" : ", %,d failed".formatted(failed),
                            left(),
                            model.model(),
                            model.limit(),
                            model.refused(),
                            model.pause().compareTo(Duration.ZERO) > 0
                                    ? ", the next call in " + roughly(model.pause())
                                    : "");
        }

        private String left() {
            var done = decided + failed;
            if (done == 0) {
                return " in " + roughly(taken);
            }
            var each = taken.dividedBy(done);
            return ", %.1f s each, about %s left"
                    .formatted(each.toMillis() / 1000.0, roughly(each.multipliedBy(Math.max(0, entries - done))));
        }
    }

    private final Map<String, Supplier<Progress>> running = new ConcurrentHashMap<>();

    /** A cycle of the agent begins to decide. */
    void begin(String agent, Supplier<Progress> progress) {
        running.put(agent, progress);
    }

    void end(String agent) {
        running.remove(agent);
    }

    /** Empty if no cycle of the agent decides entries in this process. */
    public Optional<Progress> of(String agent) {
        return Optional.ofNullable(running.get(agent)).map(Supplier::get);
    }

    /** A time in its largest unit. */
    static String roughly(Duration time) {
        var seconds = time.plusMillis(500).toSeconds();
        if (seconds < 100) {
            return seconds + " s";
        }
        var minutes = time.plusSeconds(30).toMinutes();
        return minutes < 100 ? minutes + " min" : time.plusMinutes(30).toHours() + " h";
    }
}
