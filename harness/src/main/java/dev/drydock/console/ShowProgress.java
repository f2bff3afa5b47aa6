package dev.drydock.console;

import dev.drydock.run.RunProgress.Progress;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Shows how far a cycle is: on a terminal in one line that changes each second, elsewhere in a line every ten seconds. */
final class ShowProgress implements AutoCloseable {

    private static final Duration EACH = Duration.ofSeconds(1);
    private static final Duration EACH_LINE = Duration.ofSeconds(10);

    private final Supplier<Optional<Progress>> progress;
    private final PrintStream out;
    private final boolean terminal;
    private final InstantSource clock;
    private final Thread thread = new Thread(this::showEachSecond, "progress");
    private @Nullable Instant shownAt;

    ShowProgress(Supplier<Optional<Progress>> progress, PrintStream out, boolean terminal, InstantSource clock) {
        this.progress = progress;
        this.out = out;
        this.terminal = terminal;
        this.clock = clock;
    }

    /** Shows it from now on, until this is closed. */
    ShowProgress start() {
        thread.setDaemon(true);
        thread.start();
        return this;
    }

    /** Called each second. */
    void show() {
        var now = clock.instant();
        if (terminal) {
            progress.get().ifPresent(present -> out.print("\r" + present + "\u001b[K"));
        } else if (shownAt == null || !now.isBefore(shownAt.plus(EACH_LINE))) {
            progress.get().ifPresent(present -> {
                shownAt = now;
                out.println(present);
            });
        }
        out.flush();
    }

    private void showEachSecond() {
        try {
            while (true) {
                Thread.sleep(EACH.toMillis());
                show();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        if (terminal) {
            out.println();
        }
    }
}
