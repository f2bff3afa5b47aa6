package dev.drydock.console.page;

import dev.drydock.config.Agents;
import dev.drydock.judge.Checklist;
import dev.drydock.judge.ChecklistItem.Day;
import dev.drydock.judge.ChecklistLine;
import dev.drydock.judge.CostReport;
import dev.drydock.judge.MakeScorecard;
import dev.drydock.judge.ReportCost;
import dev.drydock.judge.Scorecard;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.RawString;
import io.quarkus.qute.TemplateExtension;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/** The checklist, what a day costs, and the weekly figures: what the commands print. */
@Path("/")
@Produces(MediaType.TEXT_HTML)
public final class FiguresPage {

    private static final int WEEKS = 8;

    /** The lines that must hold by a day. */
    record CheckPart(Day day, long hold, List<ChecklistLine> lines) {}

    @CheckedTemplate(basePath = "page")
    static class Templates {

        static native TemplateInstance check(Page page, Checklist.Report report, List<CheckPart> parts);

        static native TemplateInstance cost(Page page, CostReport report);

        static native TemplateInstance scorecard(Page page, Scorecard scorecard);

        /** A share from 0 to 1 as a bar. */
        @TemplateExtension
        static RawString bar(Double share) {
            var percent = Math.round(share * 100);
            return new RawString(
                    "<svg class=\"pair\" viewBox=\"0 0 100 8\" role=\"img\" aria-label=\"%d %%\"><rect class=\"fill-busy\" width=\"%d\" height=\"8\"/></svg>"
                            .formatted(percent, percent));
        }
    }

    private final Pages pages;
    private final Checklist checklist;
    private final ReportCost costs;
    private final MakeScorecard weeks;
    private final InstantSource clock;

    @Inject
    Agents agents;

    FiguresPage(Pages pages, Checklist checklist, ReportCost costs, MakeScorecard weeks, InstantSource clock) {
        this.pages = pages;
        this.checklist = checklist;
        this.costs = costs;
        this.weeks = weeks;
        this.clock = clock;
    }

    @GET
    @Path("/check")
    public TemplateInstance check() {
        var report = checklist.report(agents.all());
        var parts = Stream.of(Day.values())
                .map(day -> {
                    var lines = report.lines().stream()
                            .filter(line -> line.day() == day)
                            .toList();
                    return new CheckPart(
                            day, lines.stream().filter(ChecklistLine::holds).count(), lines);
                })
                .toList();
        return Templates.check(pages.page(Section.CHECK, "Check"), report, parts);
    }

    @GET
    @Path("/cost")
    public TemplateInstance cost() {
        return Templates.cost(pages.page(Section.COST, "Cost"), costs.report(clock));
    }

    @GET
    @Path("/scorecard")
    public TemplateInstance scorecard() {
        return Templates.scorecard(pages.page(Section.SCORECARD, "Scorecard"), weeks.make(agents.all(), WEEKS));
    }
}
