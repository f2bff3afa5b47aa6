package dev.drydock.judge.eval;

import dev.drydock.config.Agents;
import dev.drydock.judge.eval.RunEval.Folders;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Map;

/**
 * The command {@code eval} for a project's own tests, so that {@code ./mvnw verify} includes it: recorded answers, the committed
 * baseline, reports in {@code target/evals}.
 *
 * <p>With {@code -Devals.record}, the test's model is asked what is not recorded, and with
 * {@code -Devals.update-baseline} the result becomes the baseline.
 */
@Singleton
public class EvalGate {

    private final Agents agents;
    private final RunEval evals;
    private final WriteReports reports;

    EvalGate(Agents agents, RunEval evals, WriteReports reports) {
        this.agents = agents;
        this.evals = evals;
        this.reports = reports;
    }

    /** Decides all cases of an agent, and prints the report to standard output. */
    public EvalReport run(String name) throws InterruptedException {
        var agent = agents.named(name).orElseThrow(() -> new EvalException("there is no agent " + name));
        var options =
                new EvalOptions(null, null, isAsked("update-baseline"), Map.of(), null, isAsked("record"), false, 1);
        var report = evals.run(agent, options, Folders.OF_PROJECT, (decided, of) -> {});
        reports.write(report, Path.of("target", "evals"));
        new PrintReport(System.out, false).print(report);
        return report;
    }

    private static boolean isAsked(String what) {
        return System.getProperty("evals." + what) != null;
    }
}
