package dev.drydock.config;

import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.eclipse.microprofile.config.spi.Converter;
import org.jspecify.annotations.Nullable;

/**
 * How much one run of an agent does.
 *
 * @param firstRun entries that the agent's first run decides: the newest
 * @param itemsPerRun entries that any run decides at most
 * @param deliverPerRun how many outputs of a live run are no flood yet
 */
public record RunSize(FirstRun firstRun, Optional<Integer> itemsPerRun, DeliverPerRun deliverPerRun) {

    /** The settings for all agents. */
    public interface Settings {

        /** How many entries an agent's first run decides, or {@code all}. The others wait until their owner wants them. */
        @WithDefault("100")
        @WithConverter(FirstRun.SettingConverter.class)
        FirstRun firstRun();

        /** How many entries any run decides at most; the others wait for the next one. */
        Optional<@Min(1) Integer> itemsPerRun();

        /** How many outputs of a live run are no flood yet: {@code adaptive}, a number or {@code unlimited}. */
        @WithDefault("adaptive")
        @WithConverter(DeliverPerRun.SettingConverter.class)
        DeliverPerRun deliverPerRun();
    }

    private static int number(String text, String fault) {
        try {
            var number = Integer.parseInt(text);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // the same fault
        }
        throw new IllegalArgumentException("\"%s\" is not a number of entries: %s".formatted(text, fault));
    }

    /**
     * How many entries an agent's first run decides.
     *
     * @param most empty for all
     */
    public record FirstRun(Optional<Integer> most) {

        /** All that there are. */
        public static final FirstRun ALL = new FirstRun(Optional.empty());

        /** Reads a number, or {@code all}. */
        public static final class SettingConverter implements Converter<FirstRun> {

            private static final long serialVersionUID = 1;

            @Override
            public @Nullable FirstRun convert(String value) {
                var text = TrimValues.trim(value);
                if (text.isEmpty()) {
                    return null;
                }
                return text.equalsIgnoreCase("all")
                        ? ALL
                        : new FirstRun(Optional.of(number(text, "write one such as 100, or all")));
            }
        }
    }

    /**
     * How many outputs a live run delivers.
     *
     * @param adaptive whether it depends on the runs before
     * @param most otherwise
     */
    public record DeliverPerRun(boolean adaptive, int most) {

        /** More than 100, and more than five times the largest run of the last 30 days, is a flood. */
        public static final DeliverPerRun ADAPTIVE = new DeliverPerRun(true, 100);

        /** Nothing is a flood. */
        public static final DeliverPerRun UNLIMITED = new DeliverPerRun(false, Integer.MAX_VALUE);

        private static final int TIMES = 5;

        /**
         * Whether so many outputs are a flood.
         *
         * @param largestRun entries that the largest of the runs before decided; asked only if it matters
         */
        public boolean isFlood(int outputs, IntSupplier largestRun) {
            return outputs > most && (!adaptive || outputs > (long) TIMES * largestRun.getAsInt());
        }

        /** Reads a number, {@code unlimited} or {@code adaptive}. */
        public static final class SettingConverter implements Converter<DeliverPerRun> {

            private static final long serialVersionUID = 1;

            @Override
            public @Nullable DeliverPerRun convert(String value) {
                var text = TrimValues.trim(value);
                if (text.isEmpty()) {
                    return null;
                }
                if (text.equalsIgnoreCase("unlimited")) {
                    return UNLIMITED;
                }
                return text.equalsIgnoreCase("adaptive")
                        ? ADAPTIVE
                        : new DeliverPerRun(false, number(text, "write one such as 500, or unlimited, or adaptive"));
            }
        }
    }
}
