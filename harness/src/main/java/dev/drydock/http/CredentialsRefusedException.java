package dev.drydock.http;

import java.io.IOException;
import java.io.Serial;

/** An API refuses access. The message has the reason, and contains no token, secret or response body. */
public class CredentialsRefusedException extends IOException {

    @Serial
    private static final long serialVersionUID = 1;

    CredentialsRefusedException(CredentialsEvent.Refused event) {
        super("API %s refused access: %s".formatted(event.api(), event.reason()));
    }
}
