package dev.drydock.config;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.spi.Converter;
import org.jspecify.annotations.Nullable;

/**
 * Which outputs of an agent in live mode are delivered, by their label. The others are HELD.
 *
 * @param kind where the labels come from
 * @param fixed the labels of a fixed list
 */
public record LiveLabels(Kind kind, List<String> fixed) {

    /** All outputs are delivered. */
    public static final LiveLabels ALL = new LiveLabels(Kind.ALL, List.of());

    /** Where the labels come from. */
    public enum Kind {
        ALL,

        /** The journal has them: a label goes live, and falls back, by what people judged. */
        EARNED,
        FIXED
    }

    /** As it is written in the settings. */
    @Override
    public String toString() {
        return kind == Kind.FIXED ? String.join(", ", fixed) : kind.name().toLowerCase(Locale.ROOT);
    }

    /** Reads {@code all}, {@code earned}, or labels with commas between them. */
    public static final class SettingConverter implements Converter<LiveLabels> {

        private static final long serialVersionUID = 1;

        @Override
        public @Nullable LiveLabels convert(String value) {
            var labels = Stream.of(value.split(","))
                    .map(String::strip)
                    .filter(label -> !label.isEmpty())
                    .toList();
            if (labels.isEmpty()) {
                return null;
            }
            var first = labels.get(0).toLowerCase(Locale.ROOT);
            if (first.equals("all") || first.equals("earned")) {
                if (labels.size() > 1) {
                    throw new IllegalArgumentException(
                            "\"%s\" mixes \"%s\" with labels: write \"all\", \"earned\", or labels with commas between them"
                                    .formatted(value, first));
                }
                return first.equals("all") ? ALL : new LiveLabels(Kind.EARNED, List.of());
            }
            return new LiveLabels(Kind.FIXED, labels);
        }
    }
}
