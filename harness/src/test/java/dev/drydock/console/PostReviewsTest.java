package dev.drydock.console;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.drydock.NoteAgent;
import dev.drydock.TestSettings;
import dev.drydock.agent.Mode;
import dev.drydock.config.Agents;
import dev.drydock.connect.SlackBot;
import dev.drydock.http.HttpClients;
import dev.drydock.http.RequestPaces;
import dev.drydock.http.SharedPauses;
import dev.drydock.journal.AuditLog;
import dev.drydock.journal.AuditLog.Actor;
import dev.drydock.journal.AuditLog.Via;
import dev.drydock.journal.Entry;
import dev.drydock.journal.EntryState;
import dev.drydock.journal.JournalQueries;
import dev.drydock.journal.Json;
import dev.drydock.journal.ReviewEntries;
import dev.drydock.journal.ReviewMessages;
import dev.drydock.journal.ReviewQueue;
import dev.drydock.run.AgentRunner;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people in a Slack channel are asked, by Slack's own formats and over a real socket. */
@QuarkusTest
class PostReviewsTest {

    private static final String ANSWER = """
            {"ok": true, "channel": "C123ABC456", "ts": "{{randomValue type='NUMERIC' length=10}}.000100"}""";
    private static final WireMockServer SLACK =
            new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1").globalTemplating(true));

    @Inject
    AgentRunner runner;

    @Inject
    JournalQueries journal;

    @Inject
    ReviewEntries review;

    @Inject
    ReviewQueue queue;

    @Inject
    ReviewMessages messages;

    @Inject
    AuditLog audit;

    @Inject
    SlackFeedback clicks;

    @Inject
    Agents agents;

    @Inject
    HttpClients clients;

    @Inject
    SharedPauses pauses;

    @Inject
    InstantSource clock;

    @Inject
    Json json;

    @Inject
    ObjectMapper mapper;

    private PostReviews reviews;

    @BeforeAll
    static void start() {
        SLACK.start();
    }

    @AfterAll
    static void stop() {
        SLACK.stop();
    }

    @BeforeEach
    void empty_the_queue_and_the_channel() {
        SLACK.resetAll();
        SLACK.stubFor(post(anyUrl()).willReturn(okJson(ANSWER)));
        reviews = process();
        for (var waiting = waiting(); !waiting.isEmpty(); waiting = waiting()) {
            waiting.forEach(entry -> review.reject(entry.id()));
        }
        reviews.post();
        SLACK.resetRequests();
    }

    private List<ReviewQueue.Waiting> waiting() {
        return queue.page(null, ReviewQueue.FROM_THE_START, 100);
    }

    @Test
    void asks_once_with_what_will_happen_and_buttons() {
        var entry = held("a").get(0);

        reviews.post();
        process().post();
        reviews.post();

        var message = only("/chat.postMessage");
        assertThat(message.path("channel").asText()).isEqualTo("C123ABC456");
        assertThat(message.path("text").asText()).contains(entry.agent(), "waits for a review");
        assertThat(message.path("blocks").findValuesAsText("text"))
                .anyMatch(text -> text.equals("If you approve: Sends the output. No tool is called."));
        assertThat(message.path("blocks").findValuesAsText("action_id"))
                .containsExactly("drydock_approve", "drydock_reject", "drydock_open");
        assertThat(message.path("blocks").findValuesAsText("value"))
                .containsOnly(entry.id().toString());
        assertThat(message.path("blocks").findValuesAsText("url"))
                .containsExactly("https://night-owl.example/entries/" + entry.id());
    }

    @Test
    void says_who_answered_and_takes_the_buttons_away() {
        var entries = held("a", "b");
        reviews.post();

        clicks.review(entries.get(0).id().toString(), true, new Actor("jtorrance", Via.SLACK));
        reviews.post();
        reviews.post();

        var update = only("/chat.update");
        assertThat(update.path("ts").asText()).endsWith(".000100");
        assertThat(update.path("text").asText()).endsWith("jtorrance approved it");
        assertThat(update.path("blocks").findValues("action_id")).isEmpty();
        assertThat(requests("/chat.postMessage")).hasSize(2);
    }

    @Test
    void counts_many_in_one_message() {
        var entries = held(IntStream.range(0, 100).mapToObj(Integer::toString).toArray(String[]::new));

        reviews.post();
        process().post();

        var posted = requests("/chat.postMessage");
        assertThat(posted).hasSize(PostReviews.MOST + 1);
        assertThat(posted.get(PostReviews.MOST).path("text").asText()).isEqualTo("95 more wait for a review.");
        assertThat(posted.get(PostReviews.MOST).path("blocks").findValuesAsText("url"))
                .containsExactly("https://night-owl.example/review");

        entries.subList(0, 97).forEach(entry -> review.reject(entry.id()));
        reviews.post();

        assertThat(requests("/chat.postMessage"))
                .as("the last three get their own")
                .hasSize(PostReviews.MOST + 4);
        assertThat(requests("/chat.update").get(PostReviews.MOST).path("text").asText())
                .isEqualTo("Everything else is reviewed.");
    }

    @Test
    void asks_again_what_slack_did_not_take() {
        held("a");
        SLACK.stubFor(post(anyUrl()).willReturn(serverError()));
        reviews.post();
        SLACK.stubFor(post(anyUrl()).willReturn(okJson(ANSWER)));
        reviews.post();
        reviews.post();

        assertThat(requests("/chat.postMessage")).hasSize(2);
        assertThat(messages.posted()).hasSize(1);
    }

    /** As another replica does, or this one after a restart. */
    private PostReviews process() {
        var config = TestSettings.of(Map.of(
                "drydock.slack.base-url", SLACK.baseUrl(),
                "drydock.slack.bot-token", "xoxb-1",
                "drydock.slack.channel", "C123ABC456",
                "drydock.slack.per-second", "1000",
                "drydock.slack.signing-secret", "secret",
                "drydock.public-url", "https://night-owl.example"));
        var bot = new SlackBot(config, clients, new RequestPaces(pauses, clock), mapper, clock);
        return new PostReviews(
                messages,
                queue,
                bot,
                new SlackSignature(config, clock),
                new ReviewBlocks(json, agents, journal, audit, config));
    }

    private List<Entry> held(String... notes) {
        var agent = new NoteAgent(notes);
        runner.run(agent.in(Mode.REVIEW));
        return journal.entries(agent.spec().name(), EntryState.HELD, 1_000).stream()
                .sorted((one, other) -> one.id().compareTo(other.id()))
                .toList();
    }

    private static JsonNode only(String path) {
        assertThat(requests(path)).hasSize(1);
        return requests(path).get(0);
    }

    private static List<JsonNode> requests(String path) {
        var mapper = new ObjectMapper();
        return SLACK.findAll(postRequestedFor(urlPathEqualTo(path))).stream()
                .map(LoggedRequest::getBodyAsString)
                .map(body -> {
                    try {
                        return mapper.readTree(body);
                    } catch (JsonProcessingException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
    }
}
