package dev.drydock.console;

import dev.drydock.config.LiveLabels;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.EarnedLabels;
import dev.drydock.journal.EarnedLabels.Move;
import dev.drydock.journal.EarnedLabels.Standing;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * Which labels of an agent go live.
 *
 * @param setting {@code all}, {@code earned}, or the labels
 * @param live those that are delivered by themselves in live mode; empty for {@code all}
 * @param moves the latest moves of labels that earned it or fell back, the latest first
 */
@RegisterForReflection
public record LabelsView(String setting, List<String> live, List<Move> moves) {

    private static final int MOVES = 20;

    static LabelsView of(RegisteredAgent<?, ?> agent, EarnedLabels labels) {
        var setting = agent.settings().liveLabels();
        return setting.kind() == LiveLabels.Kind.EARNED
                ? new LabelsView(
                        setting.toString(),
                        labels.of(agent.name()).stream()
                                .map(Standing::last)
                                .filter(Move::live)
                                .map(Move::label)
                                .toList(),
                        labels.moves(agent.name(), MOVES))
                : new LabelsView(setting.toString(), setting.fixed(), List.of());
    }
}
