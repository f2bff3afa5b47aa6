package dev.drydock.console.page;

import dev.drydock.console.Login;
import dev.drydock.console.Login.Blocked;
import dev.drydock.console.Login.LoggedIn;
import io.quarkus.qute.TemplateInstance;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.jboss.resteasy.reactive.RestForm;
import org.jspecify.annotations.Nullable;

/** The login with the admin token. */
@Path("/login")
@PermitAll
@Produces(MediaType.TEXT_HTML)
public final class LoginPage {

    private static final int LONGEST_NAME = 60;

    private final Pages pages;
    private final Login login;

    LoginPage(Pages pages, Login login) {
        this.pages = pages;
        this.login = login;
    }

    @GET
    public TemplateInstance form() {
        return form("/", null);
    }

    /** Begins a session, and goes on to the page that was asked for. */
    @POST
    public Response attempt(
            @RestForm @Nullable String name,
            @RestForm @Nullable String token,
            @RestForm @Nullable String to,
            @Context HttpServerRequest request) {
        var wanted = local(to);
        var given = name == null ? "" : name.strip();
        if (given.isEmpty() || given.length() > LONGEST_NAME) {
            return refuse(400, wanted, "Give your name, in at most %d characters.".formatted(LONGEST_NAME));
        }
        var answer = login.attempt(given, token == null ? "" : token.strip(), Login.address(request));
        if (answer instanceof LoggedIn session) {
            return Response.seeOther(URI.create(wanted))
                    .cookie(session.cookie(isSecure(request)))
                    .build();
        }
        return answer instanceof Blocked blocked
                ? Response.fromResponse(refuse(
                                429,
                                wanted,
                                "Too many refused logins. Try again in %s.".formatted(Times.roughly(blocked.pause()))))
                        .header(HttpHeaders.RETRY_AFTER, blocked.pause().toSeconds())
                        .build()
                : refuse(403, wanted, "The token is wrong. It is the value of DRYDOCK_ADMIN_TOKEN.");
    }

    private Response refuse(int status, String to, String fault) {
        return Response.status(status).entity(form(to, fault)).build();
    }

    private TemplateInstance form(String to, @Nullable String fault) {
        return ProblemPages.Templates.login(pages.page(null, "Log in"), LoginForm.of(login, to, fault));
    }

    /** A path of this server; any other address becomes the home page. */
    static String local(@Nullable String to) {
        return to != null && to.matches("/(?!/)[A-Za-z0-9/?&=._~%:+,-]*") ? to : "/";
    }

    static boolean isSecure(HttpServerRequest request) {
        return request.isSSL() || "https".equals(request.getHeader("X-Forwarded-Proto"));
    }
}
