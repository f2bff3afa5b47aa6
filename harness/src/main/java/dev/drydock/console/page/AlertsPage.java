package dev.drydock.console.page;

import dev.drydock.console.AlertView;
import dev.drydock.console.AlertsResource;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** Open alerts, and the latest that were resolved. */
@Path("/alerts")
@Produces(MediaType.TEXT_HTML)
public final class AlertsPage {

    private static final int SHOWN = 50;

    @CheckedTemplate(basePath = "page")
    static class Templates {

        static native TemplateInstance alerts(Page page, List<AlertView> open, List<AlertView> resolved);
    }

    private final Pages pages;
    private final AlertsResource alerts;

    AlertsPage(Pages pages, AlertsResource alerts) {
        this.pages = pages;
        this.alerts = alerts;
    }

    @GET
    public TemplateInstance show() {
        var all = alerts.list(SHOWN);
        return Templates.alerts(
                pages.page(Section.ALERTS, "Alerts"),
                all.stream().filter(alert -> alert.resolvedAt() == null).toList(),
                all.stream().filter(alert -> alert.resolvedAt() != null).toList());
    }
}
