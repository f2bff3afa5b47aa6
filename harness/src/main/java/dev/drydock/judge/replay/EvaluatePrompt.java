package dev.drydock.judge.replay;

import dev.drydock.config.RegisteredAgent;
import dev.drydock.judge.eval.EvalException;
import dev.drydock.judge.eval.EvalOptions;
import dev.drydock.judge.eval.EvalReport;
import dev.drydock.judge.eval.ReadEvals;
import dev.drydock.judge.eval.RunEval;
import dev.drydock.judge.eval.RunEval.Folders;
import dev.drydock.judge.replay.PromptTrial.Eval;
import dev.drydock.judge.replay.PromptTrials.Kept;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Objects;
import org.jboss.logging.Logger;

/** In dev mode, evaluates the version of an agent that was tried last on its labelled cases of the set {@code dev}. */
@Singleton
public class EvaluatePrompt {

    private static final Logger LOG = Logger.getLogger(EvaluatePrompt.class);

    private final RunEval evals;
    private final PromptTrials trials;
    private final TrialPrice price;
    private final Event<PromptTrial> tried;

    EvaluatePrompt(RunEval evals, PromptTrials trials, TrialPrice price, Event<PromptTrial> tried) {
        this.evals = evals;
        this.trials = trials;
        this.price = price;
        this.tried = tried;
    }

    /** Asks the model about each case. Does nothing for an agent without cases, or whose prompt has not changed. */
    public void run(RegisteredAgent<?, ?> agent, Folders folders) throws InterruptedException {
        var before = trials.read(agent.name()).last();
        if (before == null || !folders.hasCases(agent.name())) {
            return;
        }
        var eval = measure(agent, folders);
        LOG.infof("Prompt of %s: its eval %s, %s", agent.name(), eval.verdict(), eval.sentence());
        var kept = trials.read(agent.name());
        if (kept.last() != null && kept.last().at().equals(before.at())) {
            var trial = kept.last().with(eval);
            trials.write(agent.name(), new Kept(trial, kept.answers()));
            tried.fire(trial);
        }
    }

    private Eval measure(RegisteredAgent<?, ?> agent, Folders folders) throws InterruptedException {
        try {
            var report = evals.run(agent, EvalOptions.dev(price.budgetUsd()), folders, (decided, of) -> {});
            return new Eval(report.verdict().name(), report.sentence(), ReadEvals.figures(report));
        } catch (EvalException e) {
            return new Eval(EvalReport.Verdict.INVALID.name(), Objects.requireNonNull(e.getMessage()), List.of());
        }
    }
}
