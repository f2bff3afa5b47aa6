package dev.drydock.judge;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.Entry;
import dev.drydock.journal.Feedback.Verdict;
import dev.drydock.journal.JournalQueries;
import dev.drydock.judge.ReadLabels.Label;
import dev.drydock.judge.RecordFeedback.Given;
import dev.drydock.judge.eval.EvalException;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes from a file what people really did with items, as feedback on what the agent decided about them. */
@Singleton
public class ImportLabels {

    /**
     * What came of a file.
     *
     * @param agreed lines whose label is that of the decision
     * @param corrected lines with another label
     * @param known lines that were imported before
     * @param faults why the other lines were not imported, each with its number
     */
    public record Result(int agreed, int corrected, int known, List<String> faults) {}

    private final JournalQueries journal;
    private final RecordFeedback feedback;
    private final ReadLabels labels;

    ImportLabels(JournalQueries journal, RecordFeedback feedback, ObjectMapper json) {
        this.journal = journal;
        this.feedback = feedback;
        this.labels = new ReadLabels(json);
    }

    /**
     * Stores each line that fits a decision; a label that differs is a correction. A second import of the same file stores nothing.
     * Fails with {@link EvalException} if the file cannot be read.
     */
    public Result run(RegisteredAgent<?, ?> agent, Path file) {
        var agreed = 0;
        var corrected = 0;
        var known = 0;
        var faults = new ArrayList<String>();
        for (var label : labels.read(file)) {
            try {
                var entry = entry(agent, label);
                var same = label.label()
                        .equalsIgnoreCase(Optional.ofNullable(entry.label()).orElse(""));
                var given = same
                        ? new Given(Verdict.UP, null, null, null)
                        : new Given(Verdict.DOWN, TextNode.valueOf(label.label()), null, null);
                if (!feedback.recordImported(entry, given)) {
                    known++;
                } else if (same) {
                    agreed++;
                } else {
                    corrected++;
                }
            } catch (InvalidFeedbackException e) {
                faults.add("%s:%d: %s".formatted(file, label.line(), e.getMessage()));
            }
        }
        return new Result(agreed, corrected, known, List.copyOf(faults));
    }

    /** The latest decision about an item. */
    private Entry entry(RegisteredAgent<?, ?> agent, Label label) {
        if (label.itemId().isBlank() || label.label().isBlank()) {
            throw new InvalidFeedbackException("the id or the label is missing");
        }
        return journal.latestDecided(agent.name(), label.itemId())
                .orElseThrow(() -> new InvalidFeedbackException(
                        "%s has decided about no item %s".formatted(agent.name(), label.itemId())));
    }
}
