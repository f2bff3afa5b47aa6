package dev.drydock.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.drydock.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the packaged program answers to the probes of a platform. That it is not ready without a database: DatabaseAwayIT. */
class HealthIT {

    private static final Duration LONG = Duration.ofMinutes(2);

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void is_started_and_ready_and_no_longer_ready_once_it_was_asked_to_stop() throws Exception {
        try (var environment = new TestEnvironment();
                var model = new HeldModel()) {
            environment.put("a.txt", "The export fails.");
            var settings = environment.settings();
            settings.put("OPENAI_BASE_URL", model.baseUrl());
            settings.put("drydock.shutdown-grace", "10m");
            var port = FreePort.find();
            settings.put("PORT", String.valueOf(port));
            try (var program = Program.start(settings)) {
                await().ignoreExceptions().atMost(LONG).until(() -> status(port, "started") == 200);
                await().atMost(LONG).until(() -> status(port, "ready") == 200);
                model.awaitCall();

                var ended = CompletableFuture.supplyAsync(() -> terminate(program));
                await().atMost(LONG).until(() -> status(port, "ready") == 503);
                assertThat(status(port, "live")).isEqualTo(200);
                assertThat(startCycle(port)).isEqualTo(503);

                model.release();
                assertThat(ended.get().exitCode()).isZero();
            }
        }
    }

    /** A model server that answers a question when the test lets it. */
    private static final class HeldModel implements AutoCloseable {

        private final ExecutorService threads = Executors.newCachedThreadPool();
        private final CountDownLatch called = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);
        private final HttpServer server;

        HeldModel() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/v1/chat/completions", this::hold);
            server.setExecutor(threads);
            server.start();
        }

        private void hold(HttpExchange exchange) throws IOException {
            called.countDown();
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.sendResponseHeaders(500, -1);
            exchange.close();
        }

        String baseUrl() {
            return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
        }

        void awaitCall() throws InterruptedException {
            assertThat(called.await(LONG.toMinutes(), TimeUnit.MINUTES)).isTrue();
        }

        void release() {
            released.countDown();
        }

        @Override
        public void close() {
            server.stop(0);
            threads.shutdownNow();
        }
    }

    private int status(int port, String probe) throws Exception {
        var address = URI.create("http://localhost:%d/q/health/%s".formatted(port, probe));
        return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.discarding())
                .statusCode();
    }

    private int startCycle(int port) throws Exception {
        var address = URI.create("http://localhost:%d/api/agents/triage/runs".formatted(port));
        var request = HttpRequest.newBuilder(address)
                .header("Authorization", "Bearer " + TestEnvironment.ADMIN_TOKEN)
                .POST(BodyPublishers.noBody());
        return client.send(request.build(), BodyHandlers.discarding()).statusCode();
    }

    private static Program.Ended terminate(Program program) {
        try {
            return program.terminate();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
