package dev.drydock.connect;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.permanentRedirect;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.drydock.TestSettings;
import dev.drydock.agent.Window;
import dev.drydock.config.SettingsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedSourceTest {

    private static final Window ALL = new Window(Instant.EPOCH, Instant.EPOCH, true);
    private static final String ITEM =
            "<item><title>%s</title><link>https://example.com/%1$s</link><pubDate>Tue, 24 Nov 2026 05:00:00 GMT</pubDate></item>";

    private final WireMockServer web = new WireMockServer(
            WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());

    @TempDir
    Path folder;

    @BeforeEach
    void start() {
        web.start();
        answer("/good.xml", ok(rss(ITEM.formatted("good"))));
    }

    @AfterEach
    void stop() {
        web.stop();
    }

    @Test
    void reads_rss_with_html_reduced_to_its_text() throws Exception {
        answer("/rss.xml", ok("\n" + rss("""
                <item><title>Fish &amp;amp; chips</title><link>https://example.com/1</link>
                <description><![CDATA[<p>Now with <b>peas</b>.</p><script>alert(1)</script>]]></description>
                <pubDate>Tue, 24 Nov 2026 06:00:00 +0100</pubDate></item>""")));

        assertThat(read("/rss.xml").entries())
                .containsExactly(new FeedEntry(
                        "News",
                        "Fish & chips",
                        "https://example.com/1",
                        Instant.parse("2026-11-24T05:00:00Z"),
                        "Now with peas."));
    }

    @Test
    void reads_atom_with_the_link_for_people_among_several() throws Exception {
        answer("/atom.xml", ok("""
                <?xml version="1.0" encoding="utf-8"?>
                <feed xmlns="http://www.w3.org/2005/Atom"><title>Releases</title>
                <entry><title type="html">1.2 &lt;em&gt;out&lt;/em&gt;</title><updated>2026-11-24T05:00:00Z</updated>
                <link rel="alternate" href="/1.2"/><link rel="replies" href="https://example.com/comments"/>
                <summary>Faster.</summary></entry>
                <entry><title>1.1</title><published>2026-11-23T05:00:00Z</published><updated>2026-11-24T06:00:00Z</updated>
                <link href="javascript:alert(1)"/></entry></feed>"""));

        assertThat(read("/atom.xml").entries())
                .containsExactly(
                        new FeedEntry(
                                "Releases",
                                "1.2 out",
                                web.baseUrl() + "/1.2",
                                Instant.parse("2026-11-24T05:00:00Z"),
                                "Faster."),
                        new FeedEntry("Releases", "1.1", "", Instant.parse("2026-11-23T05:00:00Z"), ""));
    }

    @Test
    void reads_rss_of_old_in_the_charset_that_it_names() throws Exception {
        var rdf = """
                <?xml version="1.0" encoding="ISO-8859-1"?>
                <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
                  xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Café</title></channel>
                <item><title>Größe</title><link>https://example.com/g</link><dc:date>2026-11-24T05:00:00+00:00</dc:date></item>
                </rdf:RDF>""";
        answer("/rdf.xml", aResponse().withBody(rdf.getBytes(StandardCharsets.ISO_8859_1)));

        assertThat(read("/rdf.xml").entries()).singleElement().satisfies(entry -> {
            assertThat(entry.feed()).isEqualTo("Café");
            assertThat(entry.title()).isEqualTo("Größe");
        });
    }

    @Test
    void takes_an_item_that_stands_in_no_channel() throws Exception {
        answer("/bare.xml", ok("<rss>%s</rss>".formatted(ITEM.formatted("bare"))));

        assertThat(read("/bare.xml").entries())
                .singleElement()
                .satisfies(entry -> assertThat(entry.feed()).isEqualTo("localhost"));
    }

    @Test
    void gives_what_was_published_in_the_window_newest_first() throws Exception {
        answer(
                "/rss.xml",
                ok(rss(Stream.of("22 Nov", "23 Nov", "24 Nov", "25 Nov")
                        .map(day -> "<item><title>%s</title><pubDate>%1$s 2026 00:00:00 +0000</pubDate></item>"
                                .formatted(day))
                        .collect(Collectors.joining()))));
        var window = new Window(Instant.parse("2026-11-23T00:00:00Z"), Instant.parse("2026-11-25T00:00:00Z"), false);

        assertThat(source(Map.of(), "/rss.xml").read(window).entries())
                .extracting(FeedEntry::title)
                .containsExactly("24 Nov", "23 Nov");
    }

    @Test
    void names_the_feeds_that_are_dead_and_reads_the_others() throws Exception {
        answer("/gone.xml", aResponse().withStatus(410).withBody("private"));
        answer("/page.html", ok("<html><body>Welcome</body></html>"));
        answer("/drips.xml", ok(rss("")).withChunkedDribbleDelay(5, 20_000));
        answer("/huge.xml", ok(rss("<!--" + "x".repeat(5000) + "-->")));

        var reading = source(
                        Map.of("timeout", "1s", "max-bytes", "4096"),
                        "/gone.xml?key=hush",
                        "/page.html",
                        "/drips.xml",
                        "/huge.xml",
                        "/good.xml")
                .read(ALL);

        assertThat(reading.entries()).extracting(FeedEntry::title).containsExactly("good");
        assertThat(reading.faults())
                .containsExactly(
                        "localhost/gone.xml: answered 410",
                        "localhost/page.html: neither RSS nor Atom",
                        "localhost/drips.xml: no whole answer in time",
                        "localhost/huge.xml: larger than 4,096 bytes");
    }

    @Test
    void fails_if_no_feed_can_be_read() {
        answer("/gone.xml", aResponse().withStatus(503));
        var source = source(Map.of(), "/gone.xml");

        assertThatThrownBy(() -> source.read(ALL))
                .isInstanceOf(IOException.class)
                .hasMessage("no feed can be read: localhost/gone.xml: answered 503");
        web.stop();
        assertThatThrownBy(() -> source.read(ALL)).hasMessageContaining("cannot be reached (ConnectException)");
    }

    @Test
    void says_what_is_missing_of_a_feed_that_is_broken_or_has_no_dates() throws Exception {
        answer("/broken.xml", ok(rss(ITEM.formatted("whole") + "<item><title>half & half</title></item>")));
        answer("/undated.xml", ok(rss("<item><title>some day</title></item><item><pubDate>soon</pubDate></item>")));

        var reading = read("/broken.xml", "/undated.xml");

        assertThat(reading.entries()).extracting(FeedEntry::title).containsExactly("whole");
        assertThat(reading.faults())
                .containsExactly(
                        "localhost/broken.xml: the XML is broken in line 1, the rest is missing",
                        "localhost/undated.xml: entries without a date are left out: 2");
    }

    @Test
    void resolves_no_entity_that_a_feed_declares() throws Exception {
        var secret = Files.writeString(folder.resolve("secret.txt"), "hush");
        for (var declared : List.of(
                "<!ENTITY e SYSTEM \"%s\">".formatted(secret.toUri()),
                "<!ENTITY e SYSTEM \"%s/leak\">".formatted(web.baseUrl()),
                "<!ENTITY a \"ha\"><!ENTITY e \"&a;&a;\">")) {
            answer("/evil.xml", ok("<!DOCTYPE rss [%s]>".formatted(declared) + rss(ITEM.formatted("x&e;y"))));

            var reading = read("/evil.xml", "/good.xml");

            assertThat(reading.entries())
                    .extracting(FeedEntry::title)
                    .noneMatch(title -> title.matches(".*h(a|ush).*"));
        }
        web.verify(0, getRequestedFor(urlPathEqualTo("/leak")));
    }

    @Test
    void has_only_sent_again_what_has_changed() throws Exception {
        answer("/good.xml", ok(rss(ITEM.formatted("good"))).withHeader("ETag", "\"7\""));
        web.stubFor(get("/good.xml")
                .withHeader("If-None-Match", equalTo("\"7\""))
                .atPriority(1)
                .willReturn(aResponse().withStatus(304)));
        var source = source(Map.of(), "/good.xml");

        assertThat(source.read(ALL)).isEqualTo(source.read(ALL)).isNotNull();
        web.verify(1, getRequestedFor(urlPathEqualTo("/good.xml")).withHeader("If-None-Match", equalTo("\"7\"")));
    }

    @Test
    void follows_redirects() throws Exception {
        answer("/old.xml", permanentRedirect("/good.xml"));

        assertThat(read("/old.xml").entries()).hasSize(1);
    }

    @Test
    void reads_files_for_samples() throws Exception {
        var file = Files.writeString(folder.resolve("feed.xml"), rss(ITEM.formatted("here")));
        var sources = sources(Map.of("urls", file + "," + file.toUri() + "," + folder.resolve("none.xml")));

        var reading = sources.named("news").read(ALL);

        assertThat(reading.entries()).extracting(FeedEntry::title).containsExactly("here", "here");
        assertThat(reading.faults()).singleElement().asString().contains("none.xml");
    }

    @Test
    void ends_the_start_if_an_agent_asks_for_feeds_that_are_not_set() {
        assertThatThrownBy(() -> sources(Map.of()).named("ghost"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("drydock.feeds.ghost.urls is missing");
    }

    private FeedReading read(String... paths) throws Exception {
        return source(Map.of(), paths).read(ALL);
    }

    private FeedSource source(Map<String, String> settings, String... paths) {
        var all = new HashMap<>(settings);
        all.put("urls", Stream.of(paths).map(web::url).collect(Collectors.joining(",")));
        return sources(all).named("news");
    }

    private static FeedSources sources(Map<String, String> settings) {
        var all = new HashMap<String, String>();
        settings.forEach((name, value) -> all.put("drydock.feeds.news." + name, value));
        return new FeedSources(TestSettings.of(all));
    }

    private static String rss(String items) {
        return "<rss version=\"2.0\"><channel><title>News</title>%s</channel></rss>".formatted(items);
    }

    private void answer(String path, ResponseDefinitionBuilder response) {
        web.stubFor(get(urlPathEqualTo(path)).willReturn(response));
    }
}
