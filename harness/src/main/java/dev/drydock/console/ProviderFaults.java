package dev.drydock.console;

import io.quarkus.oidc.OIDCException;
import io.quarkus.security.AuthenticationCompletionException;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jose4j.jwt.consumer.ErrorCodeValidator;
import org.jose4j.jwt.consumer.InvalidJwtException;

/** Says why there is no login by the identity provider, or why it failed. No message has a token, or what one says of a person. */
final class ProviderFaults {

    private static final Logger LOG = Logger.getLogger(ProviderFaults.class);

    private ProviderFaults() {}

    /** Before Quarkus answers that nobody can log in. */
    @Singleton
    static final class NotConfigured {

        private static final String LOGIN = "/login/oidc";

        private final IdentityProvider provider;

        NotConfigured(IdentityProvider provider) {
            this.provider = provider;
        }

        @ServerRequestFilter(preMatching = true)
        Optional<Response> check(ContainerRequestContext request) {
            return request.getUriInfo().getPath().equals(LOGIN) && !provider.isOn()
                    ? Optional.of(Problem.response(
                            Response.Status.NOT_FOUND,
                            "There is no login by OpenID Connect: set " + String.join(", ", provider.missing()) + "."))
                    : Optional.empty();
        }
    }

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

        private final IdentityProvider provider;

        Unavailable(IdentityProvider provider) {
            this.provider = provider;
        }

        @Override
        public Response toResponse(OIDCException exception) {
            var reason = exception.getMessage();
            LOG.warnf("The identity provider (OIDC_ISSUER) is unavailable: %s", reason);
            return Problem.response(
                    Response.Status.SERVICE_UNAVAILABLE,
                    "The identity provider at %s (OIDC_ISSUER) is unavailable: %s. Try again in a minute."
                            .formatted(provider.host().orElse("?"), reason));
        }
    }
}
