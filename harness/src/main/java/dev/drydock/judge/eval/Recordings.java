package dev.drydock.judge.eval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.journal.ModelCall.Prompt;
import dev.drydock.journal.ModelCall.Tokens;
import dev.drydock.model.Trial.Recording;
import dev.drydock.redact.Redactor;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The recorded answers of an agent's eval: a file for each model in {@code evals/NAME/recordings}, a JSON document a line,
 * sorted by the hash of the masked request, so that a change shows only the lines that changed.
 */
@RegisterForReflection(targets = {Recording.class, Prompt.class, Tokens.class})
final class Recordings {

    private final Path folder;
    private final ObjectMapper json;
    private final Redactor redactor;
    private final Map<String, Recording> known = new ConcurrentSkipListMap<>();
    private final Set<String> used = ConcurrentHashMap.newKeySet();

    private Recordings(Path folder, ObjectMapper json, Redactor redactor) {
        this.folder = folder;
        this.json = json;
        this.redactor = redactor;
    }

    /** Reads all; none if there is no such folder. */
    static Recordings read(Path folder, ObjectMapper json, Redactor redactor) {
        var recordings = new Recordings(folder, json, redactor);
        if (Files.isDirectory(folder)) {
            try {
                for (var file : files(folder)) {
                    recordings.readFile(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return recordings;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jsonl"))
                    .sorted()
                    .toList();
        }
    }

    private void readFile(Path file) throws IOException {
        var line = 0;
        for (var text : Files.readAllLines(file)) {
            line++;
            try {
                var recording = json.readValue(text, Recording.class);
                known.put(recording.key(), recording);
            } catch (JsonProcessingException e) {
                throw new EvalException("%s:%d: %s".formatted(file, line, e.getOriginalMessage()));
            }
        }
    }

    Optional<Recording> find(String key) {
        used.add(key);
        return Optional.ofNullable(known.get(key));
    }

    /** Keeps an answer with its secrets and personal data masked: the file is committed. */
    void add(Recording recording) {
        used.add(recording.key());
        known.put(
                recording.key(),
                new Recording(
                        recording.key(),
                        recording.model(),
                        recording.prompt(),
                        masked(recording.answer()),
                        recording.tokens(),
                        recording.costUsd(),
                        recording.latencyMillis()));
    }

    private String masked(String answer) {
        try {
            return redactor.file(json.readTree(answer)).toString();
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Forgets what this process has neither read nor added. */
    void removeUnused() {
        known.keySet().retainAll(used);
    }

    void write() {
        var texts = new TreeMap<Path, StringBuilder>();
        try {
            for (var recording : known.values()) {
                texts.computeIfAbsent(file(recording.model()), file -> new StringBuilder())
                        .append(json.writeValueAsString(recording))
                        .append('\n');
            }
            Files.createDirectories(folder);
            for (var file : files(folder)) {
                if (!texts.containsKey(file)) {
                    Files.delete(file);
                }
            }
            for (var text : texts.entrySet()) {
                Files.writeString(text.getKey(), text.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(String model) {
        return folder.resolve(model.replaceAll("[^A-Za-z0-9._-]", "_") + ".jsonl");
    }
}
