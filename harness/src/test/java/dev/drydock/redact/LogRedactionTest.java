package dev.drydock.redact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.ErrorManager;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.jboss.logmanager.handlers.FileHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
class LogRedactionTest {

    private static final String SECRET = "sk-proj-abcdefghijklmnopqrstuvwx";

    private static final Path FULL = Path.of("/dev/full");

    private final Logger logger = Logger.getLogger("a logger with handlers of its own");

    @Inject
    LogRedaction.Start redaction;

    @TempDir
    Path folder;

    @Test
    void masks_lines_of_every_handler_and_of_the_handlers_within() throws Exception {
        var own = new FileHandler(
                new PatternFormatter("%s%e%n"), folder.resolve("own.log").toFile());
        own.setFilter(line -> !String.valueOf(line.getMessage()).startsWith("noise"));
        var inner = new FileHandler(
                new PatternFormatter("%s%e%n"), folder.resolve("inner.log").toFile());
        var outer = new ExtHandler() {

            @Override
            protected void doPublish(ExtLogRecord line) {
                publishToNestedHandlers(line);
            }
        };
        outer.addHandler(inner);
        logger.setUseParentHandlers(false);
        try (ExtHandler first = own;
                ExtHandler second = outer) {
            add(first, second);
            redaction.start(new StartupEvent());

            logger.warning("noise " + SECRET);
            logger.log(Level.WARNING, "key " + SECRET, new IllegalStateException("of " + SECRET));
        } finally {
            remove(own, outer);
        }
        assertThat(folder.resolve("own.log")).content().contains("key [secret]").doesNotContain(SECRET, "noise");
        assertThat(folder.resolve("inner.log"))
                .content()
                .contains("noise [secret]")
                .doesNotContain(SECRET);
    }

    /** The work that logs goes on, and later lines reach the other handlers. */
    @Test
    void lets_a_full_disk_of_a_log_file_disturb_nothing_else() throws Exception {
        assumeTrue(Files.exists(FULL), "a device that is always full");
        var errors = new ConcurrentLinkedQueue<Exception>();
        var full = new FileHandler(new PatternFormatter("%s%e%n"), FULL.toFile());
        full.setErrorManager(new ErrorManager() {
            @Override
            public synchronized void error(String message, Exception e, int code) {
                errors.add(e);
            }
        });
        var other = new FileHandler(
                new PatternFormatter("%s%n"), folder.resolve("other.log").toFile());
        logger.setUseParentHandlers(false);
        try (ExtHandler first = full;
                ExtHandler second = other) {
            add(first, second);
            redaction.start(new StartupEvent());

            for (int line = 0; line < 1_000; line++) {
                logger.warning("line " + line + " with " + SECRET);
            }
        } finally {
            remove(full, other);
        }
        assertThat(errors).isNotEmpty();
        assertThat(folder.resolve("other.log"))
                .content()
                .contains("line 999 with [secret]")
                .doesNotContain(SECRET);
    }

    @Test
    void masks_what_goes_to_the_handlers_of_the_root_logger() {
        assertThat(Logger.getLogger("").getHandlers())
                .filteredOn(handler -> handler.getClass().getName().startsWith("io.quarkus"))
                .isNotEmpty()
                .allMatch(handler -> handler.getFilter() instanceof LogRedaction);
    }

    private void add(Handler... handlers) {
        for (var handler : handlers) {
            logger.addHandler(handler);
        }
    }

    private void remove(Handler... handlers) {
        for (var handler : handlers) {
            logger.removeHandler(handler);
        }
    }
}
