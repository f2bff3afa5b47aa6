package dev.drydock.watch;

import dev.drydock.redact.Redactor;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/**
 * Limits the values of metric labels: errors by type, at most 80 characters, secrets masked, at most 50 labels of an agent.
 * Without it, the label {@code error_type} of quarkus-langchain4j contains complete server responses.
 */
final class SafeLabels implements MeterFilter {

    private static final int LONGEST = 80;
    private static final int MOST_LABELS = 50;

    private final Redactor redactor;

    SafeLabels(Redactor redactor) {
        this.redactor = redactor;
    }

    @Produces
    @Singleton
    static MeterFilter safe(Redactor redactor) {
        return new SafeLabels(redactor);
    }

    /** Decisions with further labels are not counted: free text as a label is an error in the agent's spec. */
    @Produces
    @Singleton
    static MeterFilter few() {
        return MeterFilter.maximumAllowableTags("drydock.decisions", "label", MOST_LABELS, MeterFilter.deny());
    }

    @Override
    public Meter.Id map(Meter.Id id) {
        return id.replaceTags(id.getTags().stream()
                .map(tag -> Tag.of(tag.getKey(), safe(tag)))
                .toList());
    }

    private String safe(Tag tag) {
        if (tag.getKey().equals("error_type") || tag.getKey().equals("error.type")) {
            return typeIn(tag.getValue());
        }
        var masked = redactor.log(tag.getValue());
        return masked.length() <= LONGEST ? masked : masked.substring(0, LONGEST);
    }

    /** The text if it looks like a class name, otherwise {@code other}. */
    private static String typeIn(String text) {
        return text.matches("[\\w.$]{1,80}") ? text : "other";
    }
}
