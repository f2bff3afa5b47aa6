package dev.drydock.run;

import dev.drydock.agent.Item;
import dev.drydock.agent.Window;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.Run.Counts;
import dev.drydock.journal.RunResult;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** The steps of one cycle, in their order: fetch, admit, plan, decide, judge, deliver. */
@Singleton
class Cycle {

    private static final Logger LOG = Logger.getLogger(Cycle.class);

    private final FetchItems fetchItems;
    private final DecideStep decideStep;
    private final DeliverOutputs outputs;
    private final ClassifyFailure failures;

    Cycle(FetchItems fetchItems, DecideStep decideStep, DeliverOutputs outputs, ClassifyFailure failures) {
        this.fetchItems = fetchItems;
        this.decideStep = decideStep;
        this.outputs = outputs;
        this.failures = failures;
    }

    /**
     * Runs the steps. Whatever ends them early is a result, with the figures so far, not an exception.
     *
     * @param all whether to decide everything that waits, whatever the agent's settings leave to later cycles
     * @param stop asked before each entry; the remaining ones are left to the next cycle
     */
    <I extends Item, D> RunResult run(
            RegisteredAgent<I, D> agent, UUID runId, Window window, boolean all, StopCondition stop) {
        try {
            outputs.withdraw(agent); // though the source may be unavailable
        } catch (RuntimeException e) {
            return failures.ofRun(e, window, Counts.NONE);
        }
        var pointless = fetchItems.pointless(agent.name());
        if (pointless.isPresent()) {
            return pointless.get();
        }
        List<I> items;
        try {
            items = fetchItems.fetch(agent, window);
        } catch (Throwable e) {
            if (stop.isStopped()) {
                return RunResult.interrupted(window, Counts.NONE);
            }
            return e instanceof InterruptedException || e instanceof Error
                    ? failures.ofRun(e, window, Counts.NONE)
                    : failures.ofFetch(e, window);
        }
        var counts = Counts.NONE;
        try {
            var admission = fetchItems.admit(agent.name(), runId, items);
            LOG.infof("Fetched %d items; %d are new", admission.items(), admission.admitted());
            counts = Counts.NONE.admitted(
                    admission.items(),
                    admission.admitted(),
                    admission.unstorable().size());
            var decided = decideStep.decide(agent, runId, window.first(), all, stop);
            var decisions = decided.tally();
            var end = new DescribeResult(agent.name(), decided.plan(), decisions);
            counts = counts.decided(decisions.decided(), decisions.failed(), end.waiting());
            if (decisions.interrupted() || stop.isStopped()) {
                return RunResult.interrupted(window, counts);
            }
            var broken = end.completed() ? outputs.judge(agent, runId, end.left()) : Optional.<String>empty();
            counts = counts.failed(outputs.deliver(agent, stop));
            if (stop.isStopped()) {
                return RunResult.interrupted(window, counts);
            }
            var result = end.result(window, counts);
            return broken.map(result::hollow).orElse(result);
        } catch (IOException e) { // of a source that is read on demand
            return stop.isStopped() ? RunResult.interrupted(window, counts) : failures.ofFetch(e, window);
        } catch (Throwable e) { // an Error, too, or the run would stay open
            return stop.isStopped() ? RunResult.interrupted(window, counts) : failures.ofRun(e, window, counts);
        }
    }
}
