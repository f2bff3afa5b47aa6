package dev.drydock.console;

import dev.drydock.journal.AuditLog.Via;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.security.Authenticated;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.WithFormRead;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;
import org.jspecify.annotations.Nullable;

/**
 * Guards the API and the page: with {@code DRYDOCK_ADMIN_TOKEN} as a bearer token, or by the session of a login to the page.
 * Health checks, and resources that permit all or ask the identity provider themselves, are not behind it. In dev mode without
 * a token or a provider, everything is open. A form of the page must contain the token of its session.
 */
@Singleton
final class AdminTokenFilter {

    private static final String LOGOUT = "/logout";
    private static final String FORM_TOKEN = "csrf";
    private static final String FORM_TOKEN_HEADER = "X-CSRF-Token";

    private final AdminToken token;
    private final Provider<BearerTokens> tokens;
    private final IdentityProvider provider;
    private final Session.Signer signer;
    private final Caller caller;

    /**
     * @param tokens asked at each request: filters are made before there is a database
     */
    AdminTokenFilter(
            AdminToken token,
            Provider<BearerTokens> tokens,
            IdentityProvider provider,
            Session.Signer signer,
            Caller caller) {
        this.token = token;
        this.tokens = tokens;
        this.provider = provider;
        this.signer = signer;
        this.caller = caller;
    }

    @ServerRequestFilter
    @WithFormRead
    public Optional<Response> check(ResteasyReactiveContainerRequestContext request, ResourceInfo resource) {
        var type = resource.getResourceClass();
        return type != null
                        && (type.isAnnotationPresent(PermitAll.class) || type.isAnnotationPresent(Authenticated.class))
                ? Optional.empty()
                : check(request);
    }

    private Optional<Response> check(ResteasyReactiveContainerRequestContext request) {
        if (changesSomething(request) && "cross-site".equals(request.getHeaderString("Sec-Fetch-Site"))) {
            return Optional.of(Problem.response(Response.Status.FORBIDDEN, "Cross-site requests are refused."));
        }
        if (token.value().isEmpty() && !provider.isOn()) {
            return LaunchMode.current() == LaunchMode.NORMAL
                    ? Optional.of(Problem.response(
                            Response.Status.FORBIDDEN, "Set DRYDOCK_ADMIN_TOKEN to open the API and the page."))
                    : open(request);
        }
        var bearer = bearer(request);
        if (bearer.isPresent()) {
            caller.isApi();
            return tokens.get().refuse(bearer.get(), address(request));
        }
        var cookie = request.getCookies().get(Session.COOKIE);
        var session = signer.read(cookie == null ? null : cookie.getValue());
        if (session.isEmpty()) {
            return Optional.of(BearerTokens.unauthorized());
        }
        caller.isLoggedIn(session.get());
        return forged(request, session.get()).or(() -> readsOnly(request));
    }

    private Optional<Response> readsOnly(ContainerRequestContext request) {
        return !changesSomething(request)
                        || caller.mayAct()
                        || request.getUriInfo().getPath().equals(LOGOUT)
                ? Optional.empty()
                : Optional.of(
                        Problem.response(
                                Response.Status.FORBIDDEN,
                                "You may read this, but not change it: your role is viewer. Ask somebody with the role approver."));
    }

    /** Without a token, in dev mode and tests: the API takes any request, the page its own forms. */
    private Optional<Response> open(ResteasyReactiveContainerRequestContext request) {
        var isApi = isApi(request);
        caller.isNotLoggedIn(isApi ? Via.API : Via.PAGE);
        return isApi ? Optional.empty() : forged(request, null);
    }

    private Optional<Response> forged(ResteasyReactiveContainerRequestContext request, @Nullable Session session) {
        return !changesSomething(request) || signer.isFormToken(formToken(request), session)
                ? Optional.empty()
                : Optional.of(Problem.response(
                        Response.Status.FORBIDDEN,
                        "This form is not of your session. Load its page again, and repeat what you did."));
    }

    private static @Nullable String formToken(ResteasyReactiveContainerRequestContext request) {
        var header = request.getHeaderString(FORM_TOKEN_HEADER);
        return header != null
                ? header
                : (String) ((ResteasyReactiveRequestContext) request.getServerRequestContext())
                        .getFormParameter(FORM_TOKEN, true, false);
    }

    private static boolean isApi(ContainerRequestContext request) {
        return request.getUriInfo().getPath().startsWith("/api/");
    }

    private static boolean changesSomething(ContainerRequestContext request) {
        return !request.getMethod().equals("GET") && !request.getMethod().equals("HEAD");
    }

    private static Optional<String> bearer(ContainerRequestContext request) {
        return Optional.ofNullable(request.getHeaderString(HttpHeaders.AUTHORIZATION))
                .filter(header -> header.regionMatches(true, 0, "Bearer ", 0, 7))
                .map(header -> header.substring(7).strip());
    }

    private static String address(ResteasyReactiveContainerRequestContext request) {
        return Login.address(
                ((ResteasyReactiveRequestContext) request.getServerRequestContext()).unwrap(HttpServerRequest.class));
    }
}
