package dev.drydock.console.page;

import dev.drydock.console.Login;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.net.URI;

/** Ends the session of the browser. */
@Path("/logout")
public final class LogoutPage {

    @POST
    public Response end() {
        return Response.seeOther(URI.create("/login")).cookie(Login.end()).build();
    }
}
