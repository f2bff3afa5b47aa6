package dev.drydock.config;

import java.io.Serial;
import java.util.List;

/** Invalid settings. The message has one line for each fault, with its remedy. */
public class SettingsException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    private final transient List<String> faults;

    public SettingsException(String fault) {
        this(List.of(fault));
    }

    public SettingsException(List<String> faults) {
        super("Drydock cannot start:\n  - " + String.join("\n  - ", faults));
        this.faults = List.copyOf(faults);
    }

    /** The lines of the message. */
    public List<String> faults() {
        return faults;
    }
}
