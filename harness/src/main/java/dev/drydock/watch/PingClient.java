package dev.drydock.watch;

import dev.drydock.http.HttpClients;
import dev.drydock.http.LimitedBody;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** Sends pings, in the calling thread. A ping takes eleven seconds at most. */
@Singleton
class PingClient {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int MAX_BYTES = 1 << 16;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** Why a ping failed; contains neither the address nor the response. */
    private record Failure(String reason, boolean permanent) {}

    private final HttpClients clients;

    PingClient(HttpClients clients) {
        this.clients = clients;
    }

    /**
     * Sends a ping, and once more if there was no response or a server error.
     *
     * @return why it failed; empty if it was accepted. An interrupted thread stays interrupted
     */
    Optional<String> send(PingTarget target, Ping ping) {
        var request = HttpRequest.newBuilder(target.address(ping))
                .header("Content-Type", "text/plain; charset=utf-8")
                .POST(BodyPublishers.ofString(ping.body()))
                .build();
        try {
            var failure = attempt(request);
            if (failure.isPresent() && !failure.get().permanent()) {
                Thread.sleep(PAUSE.toMillis());
                failure = attempt(request);
            }
            return failure.map(Failure::reason);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("the process is stopping");
        }
    }

    private Optional<Failure> attempt(HttpRequest request) throws InterruptedException {
        try {
            return evaluate(clients.send(request, LimitedBody.text(MAX_BYTES), TIMEOUT));
        } catch (IOException e) {
            return Optional.of(new Failure(String.valueOf(e.getMessage()), false));
        }
    }

    /** Healthchecks answers 200 also to pings that it ignores: "OK (not found)", "OK (rate limited)". */
    private static Optional<Failure> evaluate(HttpResponse<String> answer) {
        var status = answer.statusCode();
        if (status / 100 != 2) {
            return Optional.of(new Failure("answered " + status, status < 500));
        }
        return switch (answer.body().strip()) {
            case "OK (not found)" -> Optional.of(new Failure("the check does not exist", true));
            case "OK (rate limited)" -> Optional.of(new Failure("rate limited", true));
            default -> Optional.empty();
        };
    }
}
