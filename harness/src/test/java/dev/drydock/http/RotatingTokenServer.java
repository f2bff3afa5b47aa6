package dev.drydock.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A token server that replaces a refresh token at each use, and refuses each that was used before. */
final class RotatingTokenServer implements AutoCloseable {

    private final HttpServer server;
    private String valid;
    private Runnable beforeAnswer = () -> {};

    final AtomicInteger issued = new AtomicInteger();
    final AtomicInteger refused = new AtomicInteger();

    RotatingTokenServer(String first) throws IOException {
        valid = first;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/token";
    }

    /** What happens once when it has replaced the token, and has not answered yet. */
    void beforeAnswer(Runnable event) {
        beforeAnswer = event;
    }

    private void answer(HttpExchange exchange) throws IOException {
        var form = URLDecoder.decode(new String(exchange.getRequestBody().readAllBytes(), UTF_8), UTF_8);
        var sent = form.replaceFirst(".*refresh_token=([^&]*).*", "$1");
        if (replace(sent)) {
            var event = beforeAnswer;
            beforeAnswer = () -> {};
            event.run();
            send(exchange, 200, """
                    {"access_token": "access-%s", "refresh_token": "%s", "expires_in": 3600}""".formatted(issued, valid));
        } else {
            send(exchange, 400, "{\"error\": \"invalid_grant\"}");
        }
    }

    private synchronized boolean replace(String sent) {
        if (!sent.equals(valid)) {
            refused.incrementAndGet();
            return false;
        }
        valid = "refresh-" + issued.incrementAndGet();
        return true;
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
