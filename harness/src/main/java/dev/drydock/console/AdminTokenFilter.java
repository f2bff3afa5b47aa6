package dev.drydock.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drydock.config.DrydockConfig;
import io.quarkus.runtime.LaunchMode;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Guards the API and the page with {@code DRYDOCK_ADMIN_TOKEN}: as a bearer token, or in a browser as the password of a login,
 * which changes something only from the page itself. Health checks, and resources that permit all, are not behind it. In dev mode without a token, everything
 * is open.
 */
@Singleton
final class AdminTokenFilter {

    /** Asked at each request: filters are made before settings can be read. */
    private final Provider<DrydockConfig> config;

    AdminTokenFilter(Provider<DrydockConfig> config) {
        this.config = config;
    }

    @ServerRequestFilter
    public Optional<Response> check(ContainerRequestContext request, ResourceInfo resource) {
        var type = resource.getResourceClass();
        return type != null && type.isAnnotationPresent(PermitAll.class) ? Optional.empty() : check(request);
    }

    private Optional<Response> check(ContainerRequestContext request) {
        if (changesSomething(request) && "cross-site".equals(request.getHeaderString("Sec-Fetch-Site"))) {
            return Optional.of(Problem.response(Response.Status.FORBIDDEN, "Cross-site requests are refused."));
        }
        var adminToken = config.get().adminToken().filter(token -> !token.isBlank());
        if (adminToken.isEmpty()) {
            return LaunchMode.current() == LaunchMode.NORMAL
                    ? Optional.of(Problem.response(
                            Response.Status.FORBIDDEN, "Set DRYDOCK_ADMIN_TOKEN to open the API and the page."))
                    : Optional.empty();
        }
        return isSame(given(request), adminToken.get()) ? Optional.empty() : Optional.of(unauthorized());
    }

    private static boolean changesSomething(ContainerRequestContext request) {
        return !request.getMethod().equals("GET") && !request.getMethod().equals("HEAD");
    }

    private static String given(ContainerRequestContext request) {
        var header = Optional.ofNullable(request.getHeaderString(HttpHeaders.AUTHORIZATION))
                .orElse("");
        if (header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return header.substring(7).strip();
        }
        // a browser sends a login by itself, also when a foreign page makes it post; no page can set this header
        var ours = !changesSomething(request) || "same-origin".equals(request.getHeaderString("Sec-Fetch-Site"));
        return header.regionMatches(true, 0, "Basic ", 0, 6) && ours
                ? password(header.substring(6).strip())
                : "";
    }

    private static String password(String credentials) {
        try {
            var login = new String(Base64.getDecoder().decode(credentials), UTF_8);
            return login.substring(login.indexOf(':') + 1);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** Takes as long for a wrong token as for the right one. */
    private static boolean isSame(String given, String right) {
        return MessageDigest.isEqual(given.getBytes(UTF_8), right.getBytes(UTF_8));
    }

    private static Response unauthorized() {
        var problem = Problem.response(
                Response.Status.UNAUTHORIZED, "Send the header \"Authorization: Bearer\" with DRYDOCK_ADMIN_TOKEN.");
        return Response.fromResponse(problem)
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                .header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Drydock\", charset=\"UTF-8\"")
                .build();
    }
}
