package dev.drydock.judge.eval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The files of an agent's evals: baseline and changelog of prompts. */
final class EvalFiles {

    private static final String CHANGELOG = """
            # Changes of prompts and models

            Each line is an accepted change, with the figures of its eval. `./drydock eval NAME --update-baseline` adds it.

            | date | agent | model | prompts | cases | accuracy | dangerous | macro F1 | change |
            |---|---|---|---|---|---|---|---|---|
            """;

    private final ObjectMapper json;

    EvalFiles(ObjectMapper json) {
        this.json = json;
    }

    /** Empty if there is no such file. */
    Optional<EvalResult> baseline(Path file) {
        try {
            return Files.exists(file)
                    ? Optional.of(json.readValue(Files.readString(file), EvalResult.class))
                    : Optional.empty();
        } catch (JsonProcessingException e) {
            throw new EvalException("%s is no baseline: %s".formatted(file, e.getOriginalMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One case a line, so that a change shows the cases that turned. */
    void writeBaseline(Path file, EvalResult result) {
        var cases = result.cases().stream().map(this::json).collect(Collectors.joining(",\n  "));
        write(
                file,
                "{\"model\":%s,\n\"prompts\":%s,\n\"cases\":[\n  %s\n]}\n"
                        .formatted(json(result.model()), json(result.prompts()), cases));
    }

    /** Appends a line; begins the file if there is none. */
    void appendChange(Path file, String agent, LocalDate day, EvalResult result, String change) {
        var figures = result.figures();
        var line = String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | %d | %s | %d | %.3f | %s |%n",
                day,
                agent,
                result.model(),
                result.promptLine(),
                result.cases().size(),
                figures.accuracy(),
                figures.dangerous().count(),
                figures.f1(),
                change);
        if (!Files.exists(file)) {
            write(file, CHANGELOG);
        }
        try {
            Files.writeString(file, line, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void write(Path file, String text) {
        try {
            if (file.toAbsolutePath().getParent() != null) {
                Files.createDirectories(file.toAbsolutePath().getParent());
            }
            Files.write(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String json(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
