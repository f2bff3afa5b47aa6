package dev.drydock.console;

import dev.drydock.alert.Runbook;
import dev.drydock.journal.AlertJournal;
import dev.drydock.journal.AlertOutbox;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import org.jboss.resteasy.reactive.RestQuery;

/** {@code /api/alerts}. */
@Path("/api/alerts")
public final class AlertsResource {

    private final AlertJournal journal;
    private final AlertOutbox outbox;
    private final Runbook runbook;

    AlertsResource(AlertJournal journal, AlertOutbox outbox, Runbook runbook) {
        this.journal = journal;
        this.outbox = outbox;
        this.runbook = runbook;
    }

    /** Open ones first, then the latest. */
    @GET
    public List<AlertView> list(@RestQuery @DefaultValue("50") int limit) {
        return journal.recent(RequestParameters.limit(limit)).stream()
                .map(alert ->
                        AlertView.of(alert, runbook.paragraph(alert.rule()).toString(), outbox.of(alert.id())))
                .toList();
    }
}
