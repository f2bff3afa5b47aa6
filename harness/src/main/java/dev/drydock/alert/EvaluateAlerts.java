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

/** Looks at all rules: at the start, every minute, and some seconds after a cycle has ended. */
@Singleton
public class EvaluateAlerts {

    private static final Logger LOG = Logger.getLogger(EvaluateAlerts.class);

    private static final Duration EVERY = Duration.ofMinutes(1);

    /** Cycles of a second are not to be followed by as many rounds. */
    private static final Duration AFTER_A_CYCLE = Duration.ofSeconds(5);

    private final List<AlertRule.PerAgent> agentRules;
    private final List<AlertRule.Global> processRules;
    private final List<AlertRule.Expiring> passingRules;
    private final AlertLifecycle alerts;
    private final Agents agents;
    private final PeriodicTasks tasks;
    private final AtomicBoolean comingUp = new AtomicBoolean();

    EvaluateAlerts(
            @Any Instance<AlertRule.PerAgent> agentRules,
            @Any Instance<AlertRule.Global> processRules,
            @Any Instance<AlertRule.Expiring> passingRules,
            AlertLifecycle alerts,
            Agents agents,
            PeriodicTasks tasks) {
        this.agentRules = agentRules.stream().toList();
        this.processRules = processRules.stream().toList();
        this.passingRules = passingRules.stream().toList();
        this.alerts = alerts;
        this.agents = agents;
        this.tasks = tasks;
    }

    void start(@Observes StartupEvent event) {
        evaluate(); // before the first cycle: it may have changed its mode
        tasks.every(EVERY, "Looking at the alert rules", this::evaluate);
    }

    void cycleEnded(@Observes CycleEnded event) {
        if (comingUp.compareAndSet(false, true)) {
            tasks.after(AFTER_A_CYCLE, "Looking at the alert rules", () -> {
                comingUp.set(false);
                evaluate();
            });
        }
    }

    /** Looks at everything now. */
    public void evaluate() {
        passingRules.forEach(rule -> guarded(rule.name(), () -> alerts.clearPassed(rule)));
        guarded("what is open", () -> {
            var open = alerts.open();
            processRules.forEach(
                    rule -> guarded(rule.name(), () -> alerts.judge(rule, Subject.PROCESS, rule.evaluate(), open)));
        });
        agents.all().forEach(this::evaluate);
    }

    /** Looks at one agent now. */
    public void evaluate(RegisteredAgent<?, ?> agent) {
        guarded("what is open", () -> {
            var open = alerts.open();
            agentRules.forEach(rule -> guarded(
                    rule.name(), () -> alerts.judge(rule, Subject.of(agent.name()), rule.evaluate(agent), open)));
        });
    }

    /** What one rule cannot tell must not keep the others from it. */
    private static void guarded(String what, Runnable look) {
        try {
            look.run();
        } catch (RuntimeException e) {
            if (!Database.isUnavailable(e)) {
                LOG.errorf(e, "A look at the alert rules failed at %s; it comes again within a minute", what);
            }
        }
    }
}
