package dev.drydock.connect;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static dev.drydock.connect.FeedServer.rss;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.MovableClock;
import dev.drydock.agent.Window;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which entries an agent is given, cycle after cycle, whatever dates and names its feed gives them. */
@QuarkusTest
class FeedHistoryTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @RegisterExtension
    static final FeedServer WEB = new FeedServer();

    @Inject
    FeedMemory memory;

    private final MovableClock clock = new MovableClock();
    private final String path = "/" + UUID.randomUUID() + ".xml"; // one that nobody remembers
    private final List<String> feed = new ArrayList<>();
    private Instant covered = Instant.EPOCH;

    @BeforeEach
    void remember() {
        WEB.remembersIn(memory, clock);
        covered = clock.instant();
    }

    @Test
    void reads_an_entry_once_that_appears_with_a_date_before_the_window() throws Exception {
        feed.add(item("a", "a", clock.instant().minus(HOUR)));
        assertThat(cycle(true)).containsExactly("a");

        feed.add(item("midnight", "midnight", clock.instant().minus(Duration.ofDays(2))));
        feed.add(item("fresh", "fresh", clock.instant()));

        assertThat(cycle(false)).containsExactly("fresh", "midnight");
        assertThat(cycle(false)).isEmpty();
    }

    @Test
    void reads_an_entry_that_was_published_while_its_feed_was_down_and_another_was_not() throws Exception {
        WEB.answer("/other.xml", ok(rss("")));
        feed.add(item("a", "a", clock.instant()));
        cycle(true, path, "/other.xml");
        feed.add(item("b", "b", clock.instant().plus(HOUR)));
        WEB.answer(path, aResponse().withStatus(503));
        for (int down = 0; down < 3; down++) {
            assertThat(cycleOfAnswered(false, path, "/other.xml")).isEmpty();
        }

        assertThat(cycle(false, path, "/other.xml")).containsExactly("b");
    }

    @Test
    void reads_entries_without_a_date_once_and_those_from_before_in_the_first_window_only() throws Exception {
        feed.add("<item><title>old</title></item>");

        assertThat(cycle(false)).isEmpty(); // the agent has run before, and the feed is new to it
        feed.add("<item><title>new</title><pubDate>soon</pubDate></item>");

        assertThat(cycle(false)).containsExactly("new");
        assertThat(cycle(false)).isEmpty();
        assertThat(cycle(true)).containsExactlyInAnyOrder("old", "new");
    }

    @Test
    void does_not_read_again_what_lies_before_the_window_when_it_begins_to_remember() throws Exception {
        IntStream.range(1, 30)
                .forEach(day -> feed.add(
                        item("day " + day, "day " + day, clock.instant().minus(Duration.ofDays(day)))));

        assertThat(cycle(false)).isEmpty();
    }

    @Test
    void tells_entries_apart_to_which_a_feed_gives_one_name_and_knows_them_again_when_they_are_edited()
            throws Exception {
        var now = clock.instant();
        IntStream.range(0, 10).forEach(number -> feed.add(item("same", "title " + number, now)));
        assertThat(cycle(true)).hasSize(10).doesNotHaveDuplicates();
        var ids = ids(true);
        assertThat(ids).hasSize(10).doesNotHaveDuplicates();

        feed.set(3, feed.get(3).replace("title 3</title>", "title 3, edited</title>"));
        feed.set(4, feed.get(4).replace("</item>", "<description>edited</description></item>"));

        assertThat(cycle(false)).isEmpty();
        assertThat(ids(true)).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void knows_an_entry_again_of_which_all_but_its_name_was_edited() throws Exception {
        feed.add(item("a", "a", clock.instant()));
        cycle(true);
        var ids = ids(true);

        feed.set(0, item("a", "b", clock.instant().plus(HOUR)));

        assertThat(cycle(false)).isEmpty();
        assertThat(ids(true)).isEqualTo(ids);
    }

    @Test
    void keeps_the_name_of_an_entry_when_another_gets_the_same() throws Exception {
        feed.add(item("same", "a", clock.instant()));
        cycle(true);
        var id = ids(true).get(0);

        feed.add(item("same", "b", clock.instant()));

        assertThat(cycle(false)).containsExactly("b");
        assertThat(ids(true)).hasSize(2).doesNotHaveDuplicates().contains(id);
    }

    private static String item(String guid, String title, Instant published) {
        return "<item><guid>%s</guid><title>%s</title><link>https://example.com/%s</link><pubDate>%s</pubDate></item>"
                .formatted(guid, title, title.replace(' ', '-'), published);
    }

    /** The titles of a cycle's entries. */
    private List<String> cycle(boolean first) throws Exception {
        return cycle(first, path);
    }

    private List<String> cycle(boolean first, String... paths) throws Exception {
        WEB.answer(path, ok(rss(String.join("", feed))));
        return cycleOfAnswered(first, paths);
    }

    private List<String> cycleOfAnswered(boolean first, String... paths) throws Exception {
        clock.advance(HOUR);
        var window = new Window(covered, clock.instant(), first);
        clock.advance(Duration.ofSeconds(1));
        var entries = WEB.source(Map.of(), paths).read(window).entries();
        covered = window.to();
        return entries.stream().map(FeedEntry::title).toList();
    }

    private List<String> ids(boolean first) throws Exception {
        var window = new Window(covered, clock.instant(), first);
        return WEB.source(Map.of(), path).read(window).entries().stream()
                .map(FeedEntry::id)
                .toList();
    }
}
