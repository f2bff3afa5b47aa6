package dev.drydock.alert;

import dev.drydock.alert.AlertLifecycle.Subject;
import dev.drydock.concurrent.PeriodicTasks;
import dev.drydock.config.Agents;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.database.Database;
import dev.drydock.run.RunEvent.CycleEnded;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** Evaluates all alert rules: at the start, every minute, and five seconds after a cycle has ended. */
@Singleton
public class EvaluateAlerts {

    private static final Logger LOG = Logger.getLogger(EvaluateAlerts.class);

    private static final Duration EVERY = Duration.ofMinutes(1);

    /** Combines the ends of many short cycles into one evaluation. */
    private static final Duration AFTER_A_CYCLE = Duration.ofSeconds(5);

    private final List<AlertRule.PerAgent> agentRules;
    private final List<AlertRule.Global> globalRules;
    private final List<AlertRule.Expiring> expiringRules;
    private final AlertLifecycle alerts;
    private final Agents agents;
    private final PeriodicTasks tasks;
    private final AtomicBoolean scheduled = new AtomicBoolean();

    EvaluateAlerts(
            @Any Instance<AlertRule.PerAgent> agentRules,
            @Any Instance<AlertRule.Global> globalRules,
            @Any Instance<AlertRule.Expiring> expiringRules,
            AlertLifecycle alerts,
            Agents agents,
            PeriodicTasks tasks) {
        this.agentRules = agentRules.stream().toList();
        this.globalRules = globalRules.stream().toList();
        this.expiringRules = expiringRules.stream().toList();
        this.alerts = alerts;
        this.agents = agents;
        this.tasks = tasks;
    }

    void start(@Observes StartupEvent event) {
        evaluate(); // before the first cycle, to compare its mode with that of the last run
        tasks.every(EVERY, "Alert rule evaluation", this::evaluate);
    }

    void cycleEnded(@Observes CycleEnded event) {
        if (scheduled.compareAndSet(false, true)) {
            tasks.after(AFTER_A_CYCLE, "Alert rule evaluation", () -> {
                scheduled.set(false);
                evaluate();
            });
        }
    }

    /** Evaluates all rules now. */
    public void evaluate() {
        expiringRules.forEach(rule -> guarded(rule.name(), () -> alerts.clearPassed(rule)));
        guarded("(reading open alerts)", () -> {
            var open = alerts.open();
            globalRules.forEach(
                    rule -> guarded(rule.name(), () -> alerts.update(rule, Subject.PROCESS, rule.evaluate(), open)));
        });
        agents.all().forEach(this::evaluate);
    }

    /** Evaluates the rules about one agent now. */
    public void evaluate(RegisteredAgent<?, ?> agent) {
        guarded("(reading open alerts)", () -> {
            var open = alerts.open();
            agentRules.forEach(rule -> guarded(
                    rule.name(), () -> alerts.update(rule, Subject.of(agent.name()), rule.evaluate(agent), open)));
        });
    }

    /** A rule that fails does not stop the others. */
    private static void guarded(String what, Runnable look) {
        try {
            look.run();
        } catch (RuntimeException e) {
            if (!Database.isUnavailable(e)) {
                LOG.errorf(e, "Evaluating the alert rule %s failed; it is evaluated again within a minute", what);
            }
        }
    }
}
