package dev.drydock;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Takes one request in each interval, and refuses all others with 429 and {@code Retry-After}. */
public final class LimitedServer implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Duration interval;
    private final List<String> taken = new CopyOnWriteArrayList<>();
    private final AtomicInteger refused = new AtomicInteger();
    private final CountDownLatch mayAnswer = new CountDownLatch(1);
    private long lastTaken;

    public LimitedServer(Duration interval) {
        this(interval, false);
    }

    /** @param held whether no request is answered before {@link #answer()} */
    public LimitedServer(Duration interval, boolean held) {
        if (!held) {
            mayAnswer.countDown();
        }
        this.interval = interval;
        this.lastTaken = System.nanoTime() - interval.toNanos();
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The requests that were taken, in their order: the body, or the address where there is none. */
    public List<String> taken() {
        return taken;
    }

    public int refused() {
        return refused.get();
    }

    /** Lets requests be answered that are held, and all that follow. */
    public void answer() {
        mayAnswer.countDown();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            awaitAnswer();
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (takes(body.isEmpty() ? exchange.getRequestURI().toString() : body)) {
                exchange.sendResponseHeaders(200, 2);
                exchange.getResponseBody().write("ok".getBytes(StandardCharsets.UTF_8));
            } else {
                exchange.getResponseHeaders().set("Retry-After", String.valueOf(interval.toMillis() / 1000.0));
                exchange.sendResponseHeaders(429, -1);
            }
        }
    }

    private void awaitAnswer() throws IOException {
        try {
            mayAnswer.await();
        } catch (InterruptedException e) {
            throw new InterruptedIOException("the server was closed");
        }
    }

    private synchronized boolean takes(String request) {
        var now = System.nanoTime();
        if (now - lastTaken < interval.toNanos()) {
            refused.incrementAndGet();
            return false;
        }
        lastTaken = now;
        taken.add(request);
        return true;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
