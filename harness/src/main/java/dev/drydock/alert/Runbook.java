package dev.drydock.alert;

import dev.drydock.config.DrydockConfig;
import jakarta.inject.Singleton;
import java.net.URI;

/** The address of the runbook, which has a paragraph for each rule. */
@Singleton
public class Runbook {

    private final String page;

    Runbook(DrydockConfig config) {
        this.page = config.alerts().runbook();
    }

    /** The address of the rule's paragraph. */
    public URI paragraph(String rule) {
        return URI.create(page + "#" + rule);
    }
}
