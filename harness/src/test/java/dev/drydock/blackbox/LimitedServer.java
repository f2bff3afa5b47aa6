package dev.drydock.blackbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;

/** A model server with the limits of a {@link LimitCase}. */
final class LimitedServer implements AutoCloseable {

    private static final String ANSWER = """
            {"id": "c-1", "object": "chat.completion", "created": 1, "model": "mock-1",
             "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content":
               "{\\"category\\":\\"BUG\\",\\"urgency\\":\\"TODAY\\",\\"summary\\":\\"It is broken.\\",\\"reason\\":\\"fails\\"}"}}],
             "usage": {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}}""";

    private final LimitCase limits;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ReentrantLock slot = new ReentrantLock(true);

    private double left;
    private long lastCall = System.nanoTime();
    private int inFlight;
    private int calls;
    private int refusals;

    LimitedServer(LimitCase limits) throws IOException {
        this.limits = limits;
        this.left = limits.atOnce();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/chat/completions", this::complete);
        server.createContext("/", exchange -> send(exchange, 404, "{}"));
        server.setExecutor(threads);
        server.start();
    }

    String baseUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    synchronized int calls() {
        return calls;
    }

    synchronized int refusals() {
        return refusals;
    }

    private void complete(HttpExchange exchange) throws IOException {
        if (!begin(exchange)) {
            send(
                    exchange,
                    limits.refusal().path("status").asInt(),
                    limits.refusal().path("body").toString());
            return;
        }
        try {
            work();
        } finally {
            end();
        }
        send(exchange, 200, ANSWER);
    }

    /** Takes the call or refuses it. */
    private synchronized boolean begin(HttpExchange exchange) {
        calls++;
        var now = System.nanoTime();
        left = Math.min(limits.atOnce(), left + (now - lastCall) * 1e-9 * limits.perSecond());
        lastCall = now;
        var refused = (limits.atOnce() > 0 && left < 1)
                || (limits.inFlight() > 0 && inFlight >= limits.inFlight())
                || (limits.everyNth() > 0 && calls % limits.everyNth() == 0)
                || (limits.callsInAll() > 0 && calls > limits.callsInAll());
        if (refused) {
            refusals++;
            limits.refusal()
                    .path("headers")
                    .properties()
                    .forEach(header -> exchange.getResponseHeaders()
                            .add(header.getKey(), header.getValue().asText()));
            return false;
        }
        inFlight++;
        left--;
        if (limits.told()) {
            var millisToNext = left >= 1 ? 0 : (1 - left) * 1_000 / limits.perSecond();
            exchange.getResponseHeaders().add("x-ratelimit-remaining-requests", String.valueOf((int) left));
            exchange.getResponseHeaders().add("x-ratelimit-reset-requests", Math.round(millisToNext) + "ms");
        }
        return true;
    }

    private synchronized void end() {
        inFlight--;
    }

    private void work() {
        if (limits.oneAtATime()) {
            slot.lock();
        }
        try {
            Thread.sleep(limits.millis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (limits.oneAtATime()) {
                slot.unlock();
            }
        }
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        exchange.getRequestBody().readAllBytes();
        var body = text.getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
