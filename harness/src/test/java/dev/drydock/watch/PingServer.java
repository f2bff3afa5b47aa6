package dev.drydock.watch;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The pinging APIs of Healthchecks and of Better Stack, on the loopback interface; keeps what it is told.
 * https://healthchecks.io/docs/http_api https://betterstack.com/docs/uptime/cron-and-heartbeat-monitor
 */
public class PingServer implements QuarkusTestResourceLifecycleManager, AutoCloseable {

    /** The path of the check that each test of a program or of an agent without a check of its own has. */
    public static final String CHECK = "/5bf66975-d4c7-4bf5-bcc8-b8d8a82ea278";

    public static final String TRIAGE = "/ping-key-of-22-letters/triage";
    public static final String BETTER_STACK = "/api/v1/heartbeat/token-1";

    private static final String UUID_PATTERN = "\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}";
    private static final String END = "(?:/(start|fail|log|\\d{1,3}))?";
    private static final List<Pattern> PATHS = List.of(
            Pattern.compile("(/api/v1/heartbeat/[^/]+)" + END),
            Pattern.compile("(/" + UUID_PATTERN + ")" + END),
            Pattern.compile("(/[^/]+/[^/]+)" + END));

    /** One ping: {@code start}, {@code success}, {@code fail}, {@code log} or an exit status. */
    public record ReceivedPing(
            String check, String kind, @Nullable UUID run, String body) {}

    /** Marks where a test wants the server. */
    @Retention(RetentionPolicy.RUNTIME)
    public @interface Inject {}

    private record Answer(int status, String text) {}

    private final List<ReceivedPing> told = new CopyOnWriteArrayList<>();
    private final Set<String> slugs = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private volatile Optional<Answer> answer = Optional.empty();
    private volatile Duration delay = Duration.ZERO;

    public PingServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    @Override
    public Map<String, String> start() {
        return Map.of(
                "drydock.healthchecks-ping-url", url(CHECK),
                "drydock.betterstack-heartbeat-url", url(BETTER_STACK) + "/",
                "drydock.agents.triage.healthchecks-ping-url", url(TRIAGE) + "?create=1");
    }

    @Override
    public void stop() {
        close();
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, new TestInjector.AnnotatedAndMatchesType(Inject.class, PingServer.class));
    }

    public String url(String check) {
        return "http://localhost:" + server.getAddress().getPort() + check;
    }

    /** What a check was told, in its order; also what was then answered with a fault. */
    public List<ReceivedPing> told(String check) {
        return told.stream().filter(ping -> ping.check().equals(check)).toList();
    }

    public List<String> kinds(String check) {
        return told(check).stream().map(ReceivedPing::kind).toList();
    }

    public void forget() {
        told.clear();
    }

    /** From now on it answers everything so. */
    public void answers(int status, String text) {
        answer = Optional.of(new Answer(status, text));
    }

    /** From now on it answers as it should. */
    public void answers() {
        answer = Optional.empty();
    }

    /** From now on each answer takes this long. */
    public void delay(Duration delay) {
        this.delay = delay;
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            var taken = take(exchange.getRequestURI(), body);
            Thread.sleep(delay.toMillis());
            var given = answer.orElse(taken);
            var text = given.text().getBytes(UTF_8);
            exchange.sendResponseHeaders(given.status(), text.length);
            exchange.getResponseBody().write(text);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Answer take(URI address, String body) {
        var path = PATHS.stream()
                .map(pattern -> pattern.matcher(address.getPath()))
                .filter(matcher -> matcher.matches())
                .findFirst();
        if (path.isEmpty()) {
            return new Answer(404, "not found");
        }
        var query = Optional.ofNullable(address.getQuery()).orElse("");
        var check = path.get().group(1);
        var created = query.matches("(.*&)?create=1(&.*)?") && slugs.add(check);
        if (check.matches("/[^/]+/[^/]+") && !slugs.contains(check)) {
            return new Answer(404, "not found");
        }
        var run = query.replaceFirst("^(.*&)?rid=([^&]*)(&.*)?$", "$2");
        if (query.contains("rid=") && !run.matches(UUID_PATTERN)) {
            return new Answer(400, "invalid uuid format");
        }
        var kind = Optional.ofNullable(path.get().group(2)).orElse("success");
        told.add(new ReceivedPing(check, kind, query.contains("rid=") ? UUID.fromString(run) : null, body));
        return created ? new Answer(201, "Created") : new Answer(200, "OK");
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
