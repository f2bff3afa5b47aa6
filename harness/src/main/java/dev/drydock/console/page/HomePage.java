package dev.drydock.console.page;

import dev.drydock.alert.Runbook;
import dev.drydock.config.Agents;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.console.AgentStatus;
import dev.drydock.console.MakeStatus;
import dev.drydock.console.ModelLimits;
import dev.drydock.console.ModelLimits.ModelLimitsView;
import dev.drydock.journal.Alert;
import dev.drydock.journal.AlertJournal;
import dev.drydock.journal.HeldRuns;
import dev.drydock.journal.HeldRuns.HeldRun;
import dev.drydock.journal.RunList;
import dev.drydock.journal.StatusFigures.LabelCount;
import dev.drydock.outbox.LimitedDeliveries;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.RawString;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Home: one verdict for each agent, and the four questions with their figures. */
@Path("/")
@Produces(MediaType.TEXT_HTML)
public final class HomePage {

    private static final int RUNS = 60;
    private static final int DAYS = 30;

    /**
     * An agent on the page.
     *
     * @param outputsWaiting which outputs wait for the rate limit of their receiver; null if none do
     */
    public record Card(
            AgentStatus status,
            String schedule,
            RawString strip,
            RawString days,
            List<LabelRow> labels,
            ModelLimitsView limits,
            @Nullable String outputsWaiting) {}

    /** An alert with the address of its paragraph in the runbook. */
    public record OpenAlert(Alert alert, String runbook) {

        /** Whether the address is one for browsers. */
        public boolean isLinked() {
            return runbook.startsWith("https:") || runbook.startsWith("http:");
        }
    }

    /** A label this week beside last week. */
    public record LabelRow(LabelCount count, RawString bars) {}

    @CheckedTemplate(basePath = "page")
    static class Templates {

        static native TemplateInstance home(
                Page page,
                List<OpenAlert> alerts,
                List<HeldRun> held,
                List<Card> cards,
                @Nullable String outputSetting);
    }

    private final Agents agents;
    private final RunList runs;
    private final MakeStatus status;
    private final Pages pages;

    @Inject
    AlertJournal alerts;

    @Inject
    Runbook runbook;

    @Inject
    HeldRuns heldRuns;

    @Inject
    ModelLimits limits;

    @Inject
    LimitedDeliveries limited;

    @Inject
    InstantSource clock;

    HomePage(Agents agents, RunList runs, MakeStatus status, Pages pages) {
        this.agents = agents;
        this.runs = runs;
        this.status = status;
        this.pages = pages;
    }

    @GET
    public TemplateInstance home() {
        var cards = agents.all().stream().map(this::card).toList();
        return Templates.home(
                pages.page(Section.HOME, "Home"),
                alerts.open().stream()
                        .map(alert -> new OpenAlert(
                                alert, runbook.paragraph(alert.rule()).toString()))
                        .toList(),
                heldRuns.waiting(),
                cards,
                ModelLimits.outputSetting(cards.stream()
                                .map(card -> card.limits().outputTokens())
                                .filter(Objects::nonNull)
                                .toList())
                        .orElse(null));
    }

    private Card card(RegisteredAgent<?, ?> agent) {
        var latest = runs.latest(agent.name(), RUNS);
        var answers = status.of(agent, latest);
        var labels = answers.working().labels();
        var most = labels.stream()
                .mapToLong(label -> Math.max(label.now(), label.before()))
                .max()
                .orElse(0);
        return new Card(
                answers,
                agent.settings().schedule().toString(),
                Charts.strip(latest, RUNS),
                Charts.days(
                        answers.costing().byDay(),
                        LocalDate.ofInstant(clock.instant(), pages.zone()),
                        DAYS,
                        answers.costing().budgetUsd()),
                labels.stream()
                        .map(label -> new LabelRow(label, Charts.pair(label.now(), label.before(), most)))
                        .toList(),
                limits.of(agent.name()),
                limited.describe(agent).orElse(null));
    }
}
