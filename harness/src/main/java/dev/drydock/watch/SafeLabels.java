package dev.drydock.watch;

import dev.drydock.redact.Redactor;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/**
 * Keeps labels few and harmless: an error by its type, nothing long, nothing secret, and of an agent's own labels no more
 * than some dozens. The platform's label {@code error_type} would hold whole answers of a server.
 */
final class SafeLabels implements MeterFilter {

    private static final int LONGEST = 80;
    private static final int MOST_LABELS = 50;

    private final Redactor redactor;

    private SafeLabels(Redactor redactor) {
        this.redactor = redactor;
    }

    @Produces
    @Singleton
    static MeterFilter safe(Redactor redactor) {
        return new SafeLabels(redactor);
    }

    /** Beyond that, further labels are not counted: a label that is free text is a mistake in the agent's spec. */
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

    /** What looks like the name of a class, or nothing. */
    private static String typeIn(String text) {
        return text.matches("[\\w.$]{1,80}") ? text : "other";
    }
}
