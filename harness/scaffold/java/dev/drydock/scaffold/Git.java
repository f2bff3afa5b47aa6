package dev.drydock.scaffold;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs git in a folder. Ignores the repository that the caller's environment variables name; changes no line endings. */
record Git(Path folder, Map<String, String> environment) {

    private static final List<String> CALLERS_REPOSITORY = List.of(
            "GIT_DIR",
            "GIT_WORK_TREE",
            "GIT_INDEX_FILE",
            "GIT_PREFIX",
            "GIT_NAMESPACE",
            "GIT_COMMON_DIR",
            "GIT_OBJECT_DIRECTORY",
            "GIT_ALTERNATE_OBJECT_DIRECTORIES");

    /** How a command ended. */
    record Outcome(int status, String out, String err) {

        boolean succeeded() {
            return status == 0;
        }
    }

    static Git in(Path folder) {
        return new Git(folder, Map.of());
    }

    Git with(String variable, Path value) {
        return with(Map.of(variable, value.toString()));
    }

    private Git with(Map<String, String> more) {
        var all = new HashMap<>(environment);
        all.putAll(more);
        return new Git(folder, all);
    }

    /** With an author and a committer, if git is configured with none. */
    Git committing() {
        return attempt("var", "GIT_AUTHOR_IDENT").succeeded()
                        && attempt("var", "GIT_COMMITTER_IDENT").succeeded()
                ? this
                : with(Map.of(
                        "GIT_AUTHOR_NAME", "Drydock",
                        "GIT_AUTHOR_EMAIL", "drydock@localhost",
                        "GIT_COMMITTER_NAME", "Drydock",
                        "GIT_COMMITTER_EMAIL", "drydock@localhost"));
    }

    /** What the command printed, without the last line's end. If it fails, the exception carries git's own message. */
    String output(String... command) {
        var outcome = attempt(command);
        if (!outcome.succeeded()) {
            throw new ScaffoldException(
                    "git %s failed in %s:%n%s", command[0], folder, (outcome.out() + outcome.err()).strip());
        }
        return outcome.out().stripTrailing();
    }

    /** What the command printed; empty if it failed or printed nothing. */
    Optional<String> query(String... command) {
        var outcome = attempt(command);
        return Optional.of(outcome.out().strip()).filter(out -> outcome.succeeded() && !out.isEmpty());
    }

    Outcome attempt(String... command) {
        var whole = new ArrayList<>(List.of("git", "-c", "core.autocrlf=false"));
        whole.addAll(List.of(command));
        return run(folder, environment, whole);
    }

    /** Runs a program without the caller's repository in its environment, and waits for its end. */
    static Outcome run(Path folder, Map<String, String> environment, List<String> command) {
        try {
            var err = Files.createTempFile("drydock", ".err");
            try {
                var builder = new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectInput(ProcessBuilder.Redirect.from(
                                Path.of("/dev/null").toFile()))
                        .redirectError(err.toFile());
                builder.environment().keySet().removeAll(CALLERS_REPOSITORY);
                builder.environment().putAll(environment);
                var process = builder.start();
                var out = new String(process.getInputStream().readAllBytes(), UTF_8);
                return new Outcome(process.waitFor(), out, Files.readString(err));
            } finally {
                Files.delete(err);
            }
        } catch (IOException e) {
            throw new ScaffoldException("%s cannot be run: install it, and try again (%s)", command.get(0), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ScaffoldException("interrupted");
        }
    }
}
