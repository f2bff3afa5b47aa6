package dev.drydock.connect;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.drydock.TestSettings;
import dev.drydock.agent.Window;
import dev.drydock.http.HttpClients;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A web server with feeds, anew for each test, and the source {@code news} that reads them. */
final class FeedServer implements BeforeEachCallback, AfterEachCallback {

    static final Window ALL = new Window(Instant.EPOCH, Instant.EPOCH, true);

    final WireMockServer server = new WireMockServer(
            WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());

    /** What it remembers; a test may look back and forth in time. */
    private FeedMemory memory = new InMemoryFeeds();

    private InstantSource clock = InstantSource.system();

    void remembersIn(FeedMemory other, InstantSource time) {
        memory = other;
        clock = time;
    }

    static String rss(String items) {
        return "<rss version=\"2.0\"><channel><title>News</title>%s</channel></rss>".formatted(items);
    }

    static String item(String title) {
        return "<item><title>%s</title><link>https://example.com/%1$s</link>".formatted(title)
                + "<pubDate>Tue, 24 Nov 2026 05:00:00 GMT</pubDate></item>";
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        remembersIn(new InMemoryFeeds(), InstantSource.system());
        server.start();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        stop();
        server.resetAll();
    }

    void stop() {
        server.stop();
    }

    String url() {
        return server.baseUrl();
    }

    void answer(String path, ResponseDefinitionBuilder response) {
        server.stubFor(get(urlPathEqualTo(path)).willReturn(response));
    }

    /** All that there is at these paths. */
    FeedReading read(String... paths) throws Exception {
        return source(Map.of(), paths).read(ALL);
    }

    FeedSource source(Map<String, String> settings, String... paths) {
        return source(settings, Duration.ofSeconds(30), paths);
    }

    FeedSource source(Map<String, String> settings, Duration timeout, String... paths) {
        var all = new HashMap<>(settings);
        all.put("urls", Stream.of(paths).map(server::url).collect(Collectors.joining(",")));
        return sources(all, timeout).named("news");
    }

    FeedSources sources(Map<String, String> settings) {
        return sources(settings, Duration.ofSeconds(30));
    }

    private FeedSources sources(Map<String, String> settings, Duration timeout) {
        var all = new HashMap<String, String>();
        settings.forEach((name, value) -> all.put("drydock.feeds.news." + name, value));
        return new FeedSources(TestSettings.of(all), new HttpClients(TestSettings.of(all)), memory, clock, timeout);
    }
}
