package dev.drydock.config;

import io.smallrye.config.WithDefault;
import java.util.Map;

/** Masking of secrets and personal data. */
public interface RedactSettings {

    /** Whether personal data is masked in records and on spans, too; in logs it always is. */
    @WithDefault("false")
    boolean personalInRecords();

    /** Regular expressions of secrets, by name, in addition to the built-in ones. */
    Map<String, String> secrets();

    /** Regular expressions of personal data, by name; the name replaces the data. */
    Map<String, String> personal();
}
