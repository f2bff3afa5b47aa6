package dev.drydock.connect;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.permanentRedirect;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static dev.drydock.connect.FeedServer.item;
import static dev.drydock.connect.FeedServer.rss;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.agent.Window;
import dev.drydock.config.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.ResourceLockTarget;

/** What becomes of feeds that are read over HTTP, all at once. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = "the server of FeedSourceTest", target = ResourceLockTarget.CHILDREN)
class FeedSourceTest {

    @RegisterExtension
    static final FeedServer WEB = new FeedServer();

    @TempDir
    Path folder;

    @BeforeEach
    void serve_a_feed() {
        WEB.answer("/good.xml", ok(rss(item("good"))));
    }

    @Test
    void gives_what_was_published_in_the_window_newest_first() throws Exception {
        WEB.answer(
                "/rss.xml",
                ok(rss(Stream.of("22 Nov", "23 Nov", "24 Nov", "25 Nov")
                        .map(day -> "<item><title>%s</title><pubDate>%1$s 2026 00:00:00 +0000</pubDate></item>"
                                .formatted(day))
                        .collect(Collectors.joining()))));
        var window = new Window(Instant.parse("2026-11-23T00:00:00Z"), Instant.parse("2026-11-25T00:00:00Z"), false);

        assertThat(WEB.source(Map.of(), "/rss.xml").read(window).entries())
                .extracting(FeedEntry::title)
                .containsExactly("24 Nov", "23 Nov");
    }

    @Test
    void rereads_what_it_read_in_a_window() throws Exception {
        var window = new Window(Instant.parse("2026-11-24T00:00:00Z"), Instant.parse("2026-11-25T00:00:00Z"), false);
        var source = WEB.source(Map.of(), "/good.xml");

        assertThat(source.read(window).entries())
                .isEqualTo(source.read(window).entries())
                .hasSize(1);
    }

    @Test
    void names_the_feeds_that_are_dead_and_reads_the_others() throws Exception {
        WEB.answer("/gone.xml", aResponse().withStatus(410).withBody("private"));
        WEB.answer("/page.html", ok("<html><body>Welcome</body></html>"));
        WEB.answer("/drips.xml", ok(rss("")).withChunkedDribbleDelay(5, 20_000));
        WEB.answer("/huge.xml", ok(rss("<!--" + "x".repeat(5000) + "-->")));

        var reading = WEB.source(
                        Map.of("max-bytes", "4096"),
                        Duration.ofSeconds(3),
                        "/gone.xml?key=hush",
                        "/page.html",
                        "/drips.xml",
                        "/huge.xml",
                        "/good.xml")
                .read(FeedServer.ALL);

        assertThat(reading.entries()).extracting(FeedEntry::title).containsExactly("good");
        assertThat(reading.faults())
                .containsExactly(
                        "localhost/gone.xml: answered 410",
                        "localhost/page.html: not RSS or Atom",
                        "localhost/drips.xml: timed out",
                        "localhost/huge.xml: the answer is larger than 4,096 bytes");
    }

    @Test
    void fails_if_no_feed_can_be_read() {
        WEB.answer("/gone.xml", aResponse().withStatus(503));
        var source = WEB.source(Map.of(), "/gone.xml");

        assertThatThrownBy(() -> source.read(FeedServer.ALL))
                .isInstanceOf(IOException.class)
                .hasMessage("no feed could be read: localhost/gone.xml: answered 503");
        WEB.stop();
        assertThatThrownBy(() -> source.read(FeedServer.ALL))
                .hasMessageContaining("connection failed (ConnectException)");
    }

    @Test
    void has_only_sent_again_what_has_changed() throws Exception {
        WEB.answer("/good.xml", ok(rss(item("good"))).withHeader("ETag", "\"7\""));
        WEB.server.stubFor(get("/good.xml")
                .withHeader("If-None-Match", equalTo("\"7\""))
                .atPriority(1)
                .willReturn(aResponse().withStatus(304)));
        var source = WEB.source(Map.of(), "/good.xml");

        assertThat(source.read(FeedServer.ALL))
                .isEqualTo(source.read(FeedServer.ALL))
                .isNotNull();
        WEB.server.verify(
                1, getRequestedFor(urlPathEqualTo("/good.xml")).withHeader("If-None-Match", equalTo("\"7\"")));
    }

    @Test
    void follows_redirects() throws Exception {
        WEB.answer("/old.xml", permanentRedirect("/good.xml"));

        assertThat(WEB.read("/old.xml").entries()).hasSize(1);
    }

    @Test
    void reads_files_for_samples() throws Exception {
        var file = Files.writeString(folder.resolve("feed.xml"), rss(item("here")));
        var sources = WEB.sources(Map.of("urls", file + "," + file.toUri() + "," + folder.resolve("none.xml")));

        var reading = sources.named("news").read(FeedServer.ALL);

        assertThat(reading.entries()).extracting(FeedEntry::title).containsExactly("here", "here");
        assertThat(reading.faults()).singleElement().asString().contains("none.xml");
    }

    @Test
    void ends_the_start_if_an_agent_asks_for_feeds_that_are_not_set() {
        assertThatThrownBy(() -> WEB.sources(Map.of()).named("ghost"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("drydock.feeds.ghost.urls is missing");
    }
}
