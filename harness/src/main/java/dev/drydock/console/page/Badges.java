package dev.drydock.console.page;

import dev.drydock.agent.Mode;
import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.console.Tone;
import dev.drydock.journal.EntryState;
import dev.drydock.journal.RunOutcome;
import io.quarkus.qute.RawString;
import io.quarkus.qute.TemplateExtension;
import java.util.Locale;

/** A state as a coloured word: {@code {run.outcome.badge}}. The colour says nothing that the word does not. */
@TemplateExtension
final class Badges {

    private Badges() {}

    static RawString badge(RunOutcome outcome) {
        return badge(Tone.of(outcome), outcome.name());
    }

    static RawString badge(EntryState state) {
        return badge(
                switch (state) {
                    case DELIVERED -> Tone.GOOD;
                    case HELD, PENDING, EXPIRED -> Tone.WARN;
                    case POISONED, UNDELIVERABLE -> Tone.BAD;
                    case ADMITTED, DECIDED, SHADOWED, REJECTED, UNKNOWN -> Tone.NEUTRAL;
                },
                state.name());
    }

    /** Impossible to overlook. */
    static RawString badge(Mode mode) {
        return new RawString("<span class=\"mode %s\">%s</span>".formatted(word(mode), mode.name()));
    }

    static RawString badge(Severity severity) {
        return badge(
                switch (severity) {
                    case INFO -> Tone.NEUTRAL;
                    case WARNING -> Tone.WARN;
                    case CRITICAL -> Tone.BAD;
                },
                severity.name());
    }

    /** @param word a constant's name, or other text that needs no escaping */
    static RawString badge(Tone tone, String word) {
        return new RawString("<span class=\"badge %s\">%s</span>".formatted(tone.css(), word));
    }

    /** The class in the stylesheet for what stands beside an alert. */
    static String css(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }

    private static String word(Mode mode) {
        return mode.name().toLowerCase(Locale.ROOT);
    }
}
