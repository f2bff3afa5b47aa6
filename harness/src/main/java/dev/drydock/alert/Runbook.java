package dev.drydock.alert;

import dev.drydock.config.DrydockConfig;
import jakarta.inject.Singleton;
import java.net.URI;

/** What each alert means, what to look at, and how to mend it: a paragraph for each rule. */
@Singleton
public class Runbook {

    private final String page;

    Runbook(DrydockConfig config) {
        this.page = config.alerts().runbook();
    }

    public URI paragraph(String rule) {
        return URI.create(page + "#" + rule);
    }
}
