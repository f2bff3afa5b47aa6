package dev.drydock.connect;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;

/** What is logged, by all classes or by one, between its making and its closing, unmasked and with stack traces. */
public final class LogLines extends Handler implements AutoCloseable {

    private final Logger logger;
    public final List<String> lines = new CopyOnWriteArrayList<>();

    public LogLines() {
        this("");
    }

    public LogLines(Class<?> logged) {
        this(logged.getName());
    }

    private LogLines(String name) {
        logger = Logger.getLogger(name);
        setFormatter(new PatternFormatter("%s%e"));
        logger.addHandler(this);
    }

    @Override
    public void publish(LogRecord line) {
        lines.add(getFormatter().format(line));
    }

    @Override
    public void flush() {
        // nothing is held back
    }

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
