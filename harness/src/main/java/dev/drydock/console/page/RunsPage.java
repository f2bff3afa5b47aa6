package dev.drydock.console.page;

import dev.drydock.config.Agents;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.console.Problem;
import dev.drydock.console.RequestParameters;
import dev.drydock.console.RunWords;
import dev.drydock.journal.Run;
import dev.drydock.journal.RunList;
import dev.drydock.journal.RunList.Filter;
import dev.drydock.journal.RunOutcome;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateExtension;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The runs, newest first, filtered by agent, outcome and day. */
@Path("/runs")
@Produces(MediaType.TEXT_HTML)
public final class RunsPage {

    private static final int ROWS = 50;

    /**
     * What is asked for, as it stands in the form; empty text for all.
     *
     * @param agents to choose from
     * @param outcomes to choose from
     */
    public record Choice(String agent, String outcome, String day, List<String> agents, List<String> outcomes) {}

    @CheckedTemplate(basePath = "page")
    static class Templates {

        static native TemplateInstance runs(Page page, Choice choice, List<Run> runs, @Nullable String older);

        /** Why it ended so, as a sentence. */
        @TemplateExtension
        static String sentence(Run run) {
            return RunWords.sentence(run);
        }
    }

    private final RunList runs;
    private final Agents agents;
    private final Pages pages;

    RunsPage(RunList runs, Agents agents, Pages pages) {
        this.runs = runs;
        this.agents = agents;
        this.pages = pages;
    }

    @GET
    public TemplateInstance list(
            @RestQuery @Nullable String agent,
            @RestQuery @Nullable String outcome,
            @RestQuery @Nullable String day,
            @RestQuery @Nullable String before) {
        var page = pages.page(Section.RUNS, "Runs");
        var name = given(agent);
        var filter =
                filter(name, outcome, given(day), given(before), page.clock().of(name));
        var names = Stream.concat(agents.all().stream().map(RegisteredAgent::name), runs.agents().stream())
                .distinct()
                .sorted()
                .toList();
        if (name != null && !names.contains(name)) {
            throw RequestParameters.unknown(agents, name);
        }
        var found = runs.page(filter, ROWS + 1);
        var shown = found.stream().limit(ROWS).toList();
        var choice = new Choice(
                text(name),
                filter.outcome() == null ? "" : filter.outcome().name(),
                text(given(day)),
                names,
                Stream.of(RunOutcome.values()).map(RunOutcome::name).toList());
        return Templates.runs(page, choice, shown, found.size() > ROWS ? older(choice, shown) : null);
    }

    private static Filter filter(
            @Nullable String agent,
            @Nullable String outcome,
            @Nullable String day,
            @Nullable String before,
            ZoneId zone) {
        var date = day == null ? null : date(day);
        return new Filter(
                agent,
                RequestParameters.oneOf(RunOutcome.class, outcome),
                date == null ? null : date.atStartOfDay(zone).toInstant(),
                date == null ? null : date.plusDays(1).atStartOfDay(zone).toInstant(),
                before == null ? null : RequestParameters.id(before));
    }

    private static LocalDate date(String day) {
        try {
            return LocalDate.parse(day);
        } catch (DateTimeParseException e) {
            throw Problem.of(Response.Status.BAD_REQUEST, "\"%s\" is no day. Write it as 2026-11-27.".formatted(day));
        }
    }

    private static String older(Choice choice, List<Run> shown) {
        return UriBuilder.fromPath("/runs")
                .queryParam("agent", choice.agent())
                .queryParam("outcome", choice.outcome())
                .queryParam("day", choice.day())
                .queryParam("before", shown.get(shown.size() - 1).id())
                .build()
                .toString();
    }

    private static @Nullable String given(@Nullable String value) {
        return value == null || value.isBlank() ? null : value.strip();
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
