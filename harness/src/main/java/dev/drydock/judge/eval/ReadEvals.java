package dev.drydock.judge.eval;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.journal.EvalJournal;
import dev.drydock.journal.EvalRun;
import dev.drydock.journal.Json;
import dev.drydock.judge.eval.Comparison.Turn;
import dev.drydock.judge.eval.EvalTable.Row;
import dev.drydock.judge.eval.RunEval.Folders;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The results of an agent's evals, for people: those that are stored, and the latest of them beside the baseline. */
@Singleton
public class ReadEvals {

    private static final int SHOWN = 20;

    /**
     * A figure.
     *
     * @param before of the baseline; empty if there is nothing to compare with, as is the change
     */
    public record Figure(String metric, String now, String before, String change) {}

    /**
     * A case that was decided otherwise than by the baseline.
     *
     * @param wrong the names of the fields that are wrong now; empty if there are none
     * @param turnedRight whether the label is right now, and was wrong
     * @param dangerous whether the new mistake is one that the agent's spec calls dangerous
     */
    public record Flipped(
            String id, String right, String before, String now, String wrong, boolean turnedRight, boolean dangerous) {}

    /** How often each label was given where this one was right. */
    public record MatrixRow(String right, List<Integer> given) {}

    /**
     * All of one agent.
     *
     * @param measured what the figures are of, for people; null if nothing was measured
     * @param fault why the baseline cannot be read; null if it can
     */
    public record Evals(
            String agent,
            List<EvalRun> runs,
            @Nullable String measured,
            List<Figure> figures,
            List<Flipped> flipped,
            List<String> labels,
            List<MatrixRow> matrix,
            @Nullable String fault) {}

    private final EvalJournal journal;
    private final Json json;
    private final EvalFiles files;

    ReadEvals(EvalJournal journal, Json json, ObjectMapper mapper) {
        this.journal = journal;
        this.json = json;
        this.files = new EvalFiles(mapper);
    }

    /** Reads the baseline from the checkout, if the process runs in one. */
    public Evals of(String agent) {
        var runs = journal.recent(agent, SHOWN);
        var latest = runs.stream()
                .filter(run -> run.figures() != null && run.set() == null)
                .findFirst()
                .flatMap(this::result);
        try {
            return of(agent, runs, latest, files.baseline(Folders.OF_PROJECT.baseline(agent)), null);
        } catch (EvalException | UncheckedIOException e) {
            return of(agent, runs, latest, Optional.empty(), e.getMessage());
        }
    }

    private static Evals of(
            String agent,
            List<EvalRun> runs,
            Optional<EvalResult> latest,
            Optional<EvalResult> baseline,
            @Nullable String fault) {
        var shown = latest.or(() -> baseline);
        if (shown.isEmpty()) {
            return new Evals(agent, runs, null, List.of(), List.of(), List.of(), List.of(), fault);
        }
        var before = latest.isPresent() ? baseline : Optional.<EvalResult>empty();
        var matrix = EvalFigures.matrix(shown.get().cases());
        return new Evals(
                agent,
                runs,
                "%s: %,d cases, model %s"
                        .formatted(
                                latest.isPresent() ? "The latest eval" : "The baseline",
                                shown.get().cases().size(),
                                shown.get().model()),
                EvalTable.of(
                                shown.get().figures(),
                                before.map(EvalResult::figures).orElse(null))
                        .stream()
                        .map(ReadEvals::figure)
                        .toList(),
                before.map(one -> flipped(Comparison.of(one, shown.get()))).orElse(List.of()),
                matrix.labels(),
                matrix.labels().stream()
                        .map(right -> new MatrixRow(
                                right,
                                matrix.labels().stream()
                                        .map(given -> matrix.count(right, given))
                                        .toList()))
                        .toList(),
                fault);
    }

    /** The dangerous ones first, then those that turned wrong. */
    static List<Flipped> flipped(Comparison comparison) {
        return comparison.where(Turn::flipped).stream()
                .sorted(Comparator.comparing((Turn turn) -> !turn.turnedDangerous())
                        .thenComparing(turn -> !turn.turnedWrong()))
                .map(turn -> new Flipped(
                        turn.after().id(),
                        turn.after().label(),
                        turn.before().decided(),
                        turn.after().decided(),
                        turn.after().wrongFields(),
                        turn.turnedRight(),
                        turn.turnedDangerous()))
                .toList();
    }

    /** The figures of a report beside those that it is compared with; none if nothing was measured. */
    public static List<Figure> figures(EvalReport report) {
        var result = report.result();
        return result == null
                ? List.of()
                : EvalTable.of(
                                result.figures(),
                                report.comparison()
                                        .map(Comparison::figuresBefore)
                                        .orElse(null))
                        .stream()
                        .map(ReadEvals::figure)
                        .toList();
    }

    private static Figure figure(Row row) {
        return new Figure(row.metric(), row.after(), row.before(), row.change());
    }

    private Optional<EvalResult> result(EvalRun run) {
        return Optional.ofNullable(run.figures()).map(figures -> json.read(figures.result(), EvalResult.class));
    }
}
