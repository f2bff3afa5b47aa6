package dev.drydock.console.page;

import dev.drydock.console.IdentityProvider.Person;
import dev.drydock.console.Login;
import dev.drydock.console.Login.LoggedIn;
import dev.drydock.console.Problem;
import io.quarkus.oidc.OidcSession;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Objects;
import java.util.stream.Stream;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/**
 * The login by OpenID Connect: Quarkus sends the browser to the identity provider and calls this when it has come back with a
 * valid ID token.
 */
@Path("/login/oidc")
@Authenticated
public final class ProviderLoginPage {

    private final Login login;
    private final SecurityIdentity identity;
    private final OidcSession itsOwn;

    ProviderLoginPage(Login login, SecurityIdentity identity, OidcSession itsOwn) {
        this.login = login;
        this.identity = identity;
        this.itsOwn = itsOwn;
    }

    /** Begins a session of the page in place of Quarkus' own, and goes on to the page that was asked for. */
    @GET
    public Response begin(@RestQuery @Nullable String to, @Context HttpServerRequest request) {
        var token = itsOwn.getIdToken();
        var person = Person.of(name(token), token.getSubject(), identity.getRoles());
        itsOwn.logout().await().indefinitely();
        if (login.of(person, Login.address(request)) instanceof LoggedIn session) {
            return Response.seeOther(URI.create(LoginPage.local(to)))
                    .cookie(session.cookie(LoginPage.isSecure(request)))
                    .build();
        }
        return Problem.response(
                Response.Status.FORBIDDEN,
                "You are logged in as %s, but your account has neither the role viewer nor approver. Ask whoever manages accounts for one."
                        .formatted(person.name()));
    }

    /** The name that tells people apart best: providers leave out some of these claims. */
    private static String name(JsonWebToken token) {
        return Stream.of("preferred_username", "email", "name")
                .map(claim -> (Object) token.getClaim(claim))
                .filter(Objects::nonNull)
                .map(Object::toString)
                .findFirst()
                .orElseGet(token::getSubject);
    }
}
