package dev.drydock.http;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One API with the access tokens that it wants, if it wants any: one that is refused with 401 is replaced, and the request
 * sent again once.
 */
public record AuthorizedApi(String name, HttpApi api, Optional<OAuthCredentials> credentials) {

    private static final int UNAUTHORIZED = 401;

    /** A request, to be sent with a token or without. */
    @FunctionalInterface
    public interface Request {

        HttpResponse<String> send(HttpApi api, @Nullable String token) throws IOException, InterruptedException;
    }

    /**
     * The answer, whatever its status.
     *
     * @throws CredentialsRefusedException if there is no token to be had, or a new one is refused, too
     */
    public HttpResponse<String> send(Request request) throws IOException, InterruptedException {
        return credentials.isPresent() ? send(request, credentials.get()) : request.send(api, null);
    }

    private HttpResponse<String> send(Request request, OAuthCredentials credentials)
            throws IOException, InterruptedException {
        var token = credentials.token();
        var answer = request.send(api, token);
        if (!refusesToken(answer)) {
            credentials.accepted();
            return answer;
        }
        var second = request.send(api, credentials.insteadOf(token));
        if (refusesToken(second)) {
            throw credentials.refused("the API answered 401 to a new token, too");
        }
        credentials.accepted();
        return second;
    }

    private static boolean refusesToken(HttpResponse<?> answer) {
        return answer.statusCode() == UNAUTHORIZED && HttpApi.carriedToken(answer);
    }
}
