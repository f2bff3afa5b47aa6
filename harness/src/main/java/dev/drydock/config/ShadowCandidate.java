package dev.drydock.config;

import io.smallrye.config.WithConverter;
import jakarta.validation.constraints.DecimalMin;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.spi.Converter;
import org.jspecify.annotations.Nullable;

/**
 * Another prompt or model that decides an agent's entries, too, and whose decisions are only compared.
 *
 * @param budgetUsd what its calls may cost in a day
 */
public record ShadowCandidate(Optional<PromptFile> prompt, Optional<String> model, BigDecimal budgetUsd) {

    /** No candidate. */
    public static final ShadowCandidate NONE = new ShadowCandidate(Optional.empty(), Optional.empty(), BigDecimal.ONE);

    /** Whether there is one. */
    public boolean exists() {
        return prompt.isPresent() || model.isPresent();
    }

    static ShadowCandidate of(Settings settings) {
        return new ShadowCandidate(
                settings.prompt(), settings.model(), settings.budgetUsd().orElse(NONE.budgetUsd()));
    }

    /** The candidate of one agent. */
    public interface Settings {

        /** A file with the text in place of the system message. */
        Optional<@WithConverter(PromptFile.SettingConverter.class) PromptFile> prompt();

        /** In place of the configured model. */
        Optional<String> model();

        /** What its calls may cost in a day; they count towards the other budgets, too. */
        Optional<@DecimalMin(value = "0", inclusive = false) BigDecimal> budgetUsd();
    }

    /** A prompt in a file, as it was when the process started. */
    public record PromptFile(Path file, String text) {

        /** As it is written in the settings. */
        @Override
        public String toString() {
            return file.toString();
        }

        /** Reads the file. */
        public static final class SettingConverter implements Converter<PromptFile> {

            private static final long serialVersionUID = 1;

            @Override
            public @Nullable PromptFile convert(String value) {
                if (value.isBlank()) {
                    return null;
                }
                var file = Path.of(value.strip());
                try {
                    var text = Files.readString(file).strip();
                    if (!text.isEmpty()) {
                        return new PromptFile(file, text);
                    }
                } catch (IOException e) {
                    throw new IllegalArgumentException(
                            "cannot read %s as text: name a file with a prompt, from the working directory"
                                    .formatted(file),
                            e);
                }
                throw new IllegalArgumentException("%s is empty: write the prompt into it".formatted(file));
            }
        }
    }
}
