package dev.drydock.config;

import java.io.Serial;
import java.util.List;

/** Settings that the program cannot start with. The message lists every fault, each with its remedy, a line each. */
public class SettingsException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    public SettingsException(String fault) {
        this(List.of(fault));
    }

    public SettingsException(List<String> faults) {
        super("Drydock cannot start:\n  - " + String.join("\n  - ", faults));
    }
}
