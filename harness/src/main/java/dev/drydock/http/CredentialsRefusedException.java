package dev.drydock.http;

import java.io.IOException;
import java.io.Serial;

/** A source gives no access. The message says why, and quotes no token, secret or answer. */
public class CredentialsRefusedException extends IOException {

    @Serial
    private static final long serialVersionUID = 1;

    CredentialsRefusedException(CredentialsRefused event) {
        super("%s gives no access: %s".formatted(event.source(), event.why()));
    }
}
