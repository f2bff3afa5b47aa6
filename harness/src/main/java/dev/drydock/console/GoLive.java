package dev.drydock.console;

import static java.util.stream.Collectors.joining;

import dev.drydock.agent.Mode;
import dev.drydock.config.DrydockConfig;
import dev.drydock.config.LiveGate;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.RunHistory;
import dev.drydock.judge.Checklist;
import dev.drydock.judge.ChecklistItem.Day;
import dev.drydock.judge.ChecklistLine;
import dev.drydock.judge.ChecklistLine.State;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Holds agents in live mode against the lines of the checklist that must hold on day 1. Lines that nothing has shown yet do not
 * stop an agent: some show only in an outage.
 */
@Singleton
class GoLive {

    private static final Logger LOG = Logger.getLogger(GoLive.class);

    private final Checklist checklist;
    private final RunHistory runs;
    private final LiveGate gate;

    GoLive(Checklist checklist, RunHistory runs, DrydockConfig config) {
        this.checklist = checklist;
        this.runs = runs;
        this.gate = config.liveGate();
    }

    /** The same for the process of one cycle, which has nothing to check unless its agent goes live with it. */
    Optional<String> refusal(RegisteredAgent<?, ?> agent) {
        return isFresh(agent) ? refusal(List.of(agent)) : Optional.empty();
    }

    /**
     * Warns of lines that do not hold. With {@link LiveGate#ENFORCE}, an agent that was not live in its last run is refused. One
     * that was is not, so that a restart stops no agent at work.
     *
     * @return why an agent does not go live, with the lines; empty if all may
     */
    Optional<String> refusal(Collection<RegisteredAgent<?, ?>> agents) {
        var live = agents.stream()
                .filter(agent -> agent.settings().mode() == Mode.LIVE)
                .toList();
        var failing = live.isEmpty() ? List.<ChecklistLine>of() : failing(live);
        if (failing.isEmpty()) {
            return Optional.empty();
        }
        var names = failing.stream().map(line -> line.id() + " " + line.text()).collect(joining("; "));
        var fresh =
                live.stream().filter(this::isFresh).map(RegisteredAgent::name).toList();
        if (gate == LiveGate.ENFORCE && !fresh.isEmpty()) {
            return Optional.of(
                    "%s cannot go live, because drydock.live-gate is enforce and these lines of the checklist do not hold: %s. ./drydock check says why, and how to fix them"
                            .formatted(String.join(", ", fresh), names));
        }
        LOG.warnf(
                "Live although lines of the checklist do not hold (%s): %s. ./drydock check says why, and how to fix them",
                live.stream().map(RegisteredAgent::name).collect(joining(", ")), names);
        return Optional.empty();
    }

    private boolean isFresh(RegisteredAgent<?, ?> agent) {
        return runs.lastMode(agent.name()).filter(Mode.LIVE::equals).isEmpty();
    }

    private List<ChecklistLine> failing(Collection<RegisteredAgent<?, ?>> live) {
        return checklist.report(live).lines().stream()
                .filter(line -> line.state() == State.DOES_NOT_HOLD && line.day() == Day.ONE)
                .toList();
    }
}
