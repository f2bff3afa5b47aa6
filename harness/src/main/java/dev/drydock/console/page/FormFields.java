package dev.drydock.console.page;

import java.util.Optional;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;

/** Fields of the form of this request whose names depend on the agent. */
final class FormFields {

    private FormFields() {}

    static Optional<String> get(String name) {
        return Optional.ofNullable((String) CurrentRequestManager.get().getFormParameter(name, true, false));
    }
}
