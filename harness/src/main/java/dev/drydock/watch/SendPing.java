package dev.drydock.watch;

import dev.drydock.http.HttpClients;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** Sends pings, in the calling thread, and in a bounded time. */
@Singleton
class SendPing {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** What went wrong, in words that quote neither the address nor the answer. */
    private record Refusal(String reason, boolean forGood) {}

    private final HttpClients clients;

    SendPing(HttpClients clients) {
        this.clients = clients;
    }

    /**
     * Sends it, and once more if it was not answered, or with a fault of the server's own.
     *
     * @return why it was not taken; empty if it was. An interrupted thread stays interrupted
     */
    Optional<String> send(Check check, Ping ping) {
        var request = HttpRequest.newBuilder(check.address(ping))
                .header("Content-Type", "text/plain; charset=utf-8")
                .POST(BodyPublishers.ofString(ping.body()))
                .build();
        try {
            var refusal = attempt(request);
            if (refusal.isPresent() && !refusal.get().forGood()) {
                Thread.sleep(PAUSE.toMillis());
                refusal = attempt(request);
            }
            return refusal.map(Refusal::reason);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("the process stops");
        }
    }

    private Optional<Refusal> attempt(HttpRequest request) throws InterruptedException {
        try {
            return judge(clients.send(request, BodyHandlers.ofString(), TIMEOUT));
        } catch (IOException e) {
            return Optional.of(new Refusal(String.valueOf(e.getMessage()), false));
        }
    }

    /** Healthchecks answers 200 also to what it ignores, and says so: "OK (not found)", "OK (rate limited)". */
    private static Optional<Refusal> judge(HttpResponse<String> answer) {
        var status = answer.statusCode();
        if (status / 100 != 2) {
            return Optional.of(new Refusal("it answered " + status, status < 500));
        }
        return switch (answer.body().strip()) {
            case "OK (not found)" -> Optional.of(new Refusal("it knows no such check", true));
            case "OK (rate limited)" -> Optional.of(new Refusal("it was sent too many pings", true));
            default -> Optional.empty();
        };
    }
}
