package dev.drydock.connect;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static dev.drydock.connect.FeedServer.item;
import static dev.drydock.connect.FeedServer.rss;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.ResourceLockTarget;

/** What stands in feeds, however they are written. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = "the server of FeedParserTest", target = ResourceLockTarget.CHILDREN)
class FeedParserTest {

    @RegisterExtension
    static final FeedServer WEB = new FeedServer();

    @TempDir
    Path folder;

    @Test
    void reads_rss_with_html_reduced_to_its_text() throws Exception {
        WEB.answer("/rss.xml", ok("\n" + rss("""
                <item><title>Fish &amp;amp; chips</title><link>https://example.com/1</link>
                <description><![CDATA[<p>Now with <b>peas</b>.</p><script>alert(1)</script>]]></description>
                <pubDate>Tue, 24 Nov 2026 06:00:00 +0100</pubDate></item>""")));

        assertThat(WEB.read("/rss.xml").entries())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("id")
                .containsExactly(new FeedEntry(
                        "News",
                        "Fish & chips",
                        "https://example.com/1",
                        Instant.parse("2026-11-24T05:00:00Z"),
                        "Now with peas."));
    }

    @Test
    void reads_atom_with_the_link_for_people_among_several() throws Exception {
        WEB.answer("/atom.xml", ok("""
                <?xml version="1.0" encoding="utf-8"?>
                <feed xmlns="http://www.w3.org/2005/Atom"><title>Releases</title>
                <entry><title type="html">1.2 &lt;em&gt;out&lt;/em&gt;</title><updated>2026-11-24T05:00:00Z</updated>
                <link rel="alternate" href="/1.2"/><link rel="replies" href="https://example.com/comments"/>
                <summary>Faster.</summary></entry>
                <entry><title>1.1</title><published>2026-11-23T05:00:00Z</published><updated>2026-11-24T06:00:00Z</updated>
                <link href="javascript:alert(1)"/></entry></feed>"""));

        assertThat(WEB.read("/atom.xml").entries())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("id")
                .containsExactly(
                        new FeedEntry(
                                "Releases",
                                "1.2 out",
                                WEB.url() + "/1.2",
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
        WEB.answer("/rdf.xml", aResponse().withBody(rdf.getBytes(StandardCharsets.ISO_8859_1)));

        assertThat(WEB.read("/rdf.xml").entries()).singleElement().satisfies(entry -> {
            assertThat(entry.feed()).isEqualTo("Café");
            assertThat(entry.title()).isEqualTo("Größe");
        });
    }

    @Test
    void takes_an_item_outside_a_channel() throws Exception {
        WEB.answer("/bare.xml", ok("<rss>%s</rss>".formatted(item("bare"))));

        assertThat(WEB.read("/bare.xml").entries())
                .singleElement()
                .satisfies(entry -> assertThat(entry.feed()).isEqualTo("localhost"));
    }

    @Test
    void loses_only_the_entry_that_is_broken_and_says_how_many() throws Exception {
        var broken = List.of("<b>never closed", "</i>", "<1>", "a < b", "<![CDATA[ never closed");
        for (int place = 0; place < 4; place++) {
            var items = new ArrayList<>(List.of(item("a"), item("b"), item("c"), item("d")));
            items.set(place, item("a" + broken.get(place)));
            WEB.answer("/broken.xml", ok(rss(String.join("", items))));

            var reading = WEB.read("/broken.xml");

            assertThat(reading.entries()).as(items.get(place)).hasSize(3);
            assertThat(reading.faults())
                    .containsExactly("localhost/broken.xml: entries that cannot be read, skipped: 1");
        }
    }

    @Test
    void reads_entries_of_a_feed_whose_own_title_is_broken() throws Exception {
        WEB.answer("/title.xml", ok(rss(item("a") + item("b")).replace("News", "<News")));
        WEB.answer("/atom.xml", ok("""
                <feed xmlns="http://www.w3.org/2005/Atom"><title>Releases</wrong>
                <entry><title>c</title><updated>2026-11-24T05:00:00Z</updated></entry></feed>"""));

        assertThat(WEB.read("/title.xml", "/atom.xml").entries())
                .extracting(FeedEntry::title)
                .containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void reads_html_entities_ampersands_and_control_characters_where_xml_has_none() throws Exception {
        WEB.answer(
                "/html.xml",
                ok(rss(item("one")
                        + item("&lsquo;two&rsquo;&nbsp;&unheard; R&D \u0001&#1;")
                        + "<item><title>three</title><pubDate>Tue, 24 Nov 2026 05:00:00 GMT</pubDate>"
                        + "<link><![CDATA[https://example.com/?a=1&b=2]]></link></item>")));

        var reading = WEB.read("/html.xml");

        assertThat(reading.faults()).isEmpty();
        assertThat(reading.entries())
                .extracting(FeedEntry::title)
                .containsExactly("one", "‘two’ &unheard; R&D", "three");
        assertThat(reading.entries().get(2).link()).isEqualTo("https://example.com/?a=1&b=2");
    }

    @Test
    void reads_a_hostile_feed_in_one_pass() throws Exception {
        WEB.answer("/good.xml", ok(rss(item("good"))));
        for (var hostile : List.of("<![CDATA[", "<item>", "<!--", "&", "<!DOCTYPE [", "<rss")) {
            WEB.answer("/hostile.xml", ok("<rss>" + hostile.repeat(1_000_000 / hostile.length())));

            assertThat(WEB.read("/hostile.xml", "/good.xml").entries()).hasSize(1);
        }
    }

    @Test
    void resolves_no_entity_that_a_feed_declares() throws Exception {
        var secret = Files.writeString(folder.resolve("secret.txt"), "hush");
        WEB.answer("/good.xml", ok(rss(item("good")))); // one that can be read, or the reading fails
        for (var declared : List.of(
                "<!ENTITY e SYSTEM \"%s\">".formatted(secret.toUri()),
                "<!ENTITY e SYSTEM \"%s/leak\">".formatted(WEB.url()),
                "<!ENTITY a \"ha\"><!ENTITY e \"&a;&a;\">")) {
            WEB.answer("/evil.xml", ok("<!DOCTYPE rss [%s]>".formatted(declared) + rss(item("x&e;y"))));

            var reading = WEB.read("/evil.xml", "/good.xml");

            assertThat(reading.entries())
                    .extracting(FeedEntry::title)
                    .noneMatch(title -> title.matches(".*h(a|ush).*"));
        }
        WEB.server.verify(0, getRequestedFor(urlPathEqualTo("/leak")));
    }
}
