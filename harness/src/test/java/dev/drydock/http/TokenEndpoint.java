package dev.drydock.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import no.nav.security.mock.oauth2.MockOAuth2Server;

/** A real authorization server, whose tokens are good for an hour. */
public final class TokenEndpoint implements AutoCloseable {

    private final MockOAuth2Server server = new MockOAuth2Server();

    public TokenEndpoint() {
        server.start();
    }

    public String url() {
        return server.tokenEndpointUrl("drydock").toString();
    }

    /** The bodies of the requests that have come in since this was last asked, oldest first. */
    List<String> requests() {
        var bodies = new ArrayList<String>();
        try {
            while (true) {
                var request = server.takeRequest(50, TimeUnit.MILLISECONDS);
                bodies.add(request.getBody().readString(StandardCharsets.UTF_8));
            }
        } catch (RuntimeException e) {
            return bodies; // which is how it says that there are no more
        }
    }

    @Override
    public void close() {
        server.shutdown();
    }
}
