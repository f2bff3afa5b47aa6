package dev.drydock.console;

import io.quarkus.oidc.OIDCException;
import io.quarkus.security.AuthenticationCompletionException;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jose4j.jwt.consumer.ErrorCodeValidator;
import org.jose4j.jwt.consumer.InvalidJwtException;

/** Says why a login by the identity provider failed. No message has a token, or what one says of a person. */
final class ProviderFaults {

    private static final Logger LOG = Logger.getLogger(ProviderFaults.class);

    private ProviderFaults() {}

    /** The provider, or whoever came back from it, brought what cannot be trusted. */
    @Provider
    @Priority(Priorities.AUTHENTICATION)
    public static final class Untrusted implements ExceptionMapper<AuthenticationCompletionException> {

        @Override
        public Response toResponse(AuthenticationCompletionException exception) {
            LOG.warnf("A login by OpenID Connect was refused: %s", reason(exception));
            return Problem.response(
                    Response.Status.FORBIDDEN,
                    "The login was refused, or it took too long. Go to /login and try again; the log has the reason.");
        }
    }

    /** Of a token that is not valid: what is wrong with it. The exception's own message quotes the token's claims. */
    private static String reason(Throwable exception) {
        for (var cause = exception; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidJwtException invalid) {
                return invalid.getErrorDetails().stream()
                        .map(ErrorCodeValidator.Error::getErrorMessage)
                        .collect(Collectors.joining("; "));
            }
        }
        return String.valueOf(exception.getMessage());
    }

    /** The provider does not answer, or not as OpenID Connect says. */
    @Provider
    public static final class Unavailable implements ExceptionMapper<OIDCException> {

        @Override
        public Response toResponse(OIDCException exception) {
            LOG.warnf("The identity provider (OIDC_ISSUER) is unavailable: %s", exception.getMessage());
            return Problem.response(
                    Response.Status.SERVICE_UNAVAILABLE,
                    "The identity provider is unavailable. Try again in a minute; the log has the reason.");
        }
    }
}
