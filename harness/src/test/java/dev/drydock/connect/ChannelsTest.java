package dev.drydock.connect;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.drydock.SmallDisk;
import dev.drydock.TestSettings;
import dev.drydock.agent.DeliveryKey;
import dev.drydock.agent.RateLimitedException;
import dev.drydock.agent.UndeliverableException;
import dev.drydock.http.HttpClients;
import dev.drydock.http.OwnPauses;
import dev.drydock.http.RequestPaces;
import dev.drydock.http.WebhookClients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.ResourceLockTarget;

@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = "the server of ChannelsTest", target = ResourceLockTarget.CHILDREN)
class ChannelsTest {

    private static final WireMockServer SLACK = new WireMockServer(
            WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());

    @TempDir
    Path outbox;

    private final RequestPaces paces = new RequestPaces(new OwnPauses(), InstantSource.system());

    @BeforeAll
    static void start() {
        SLACK.start();
    }

    @AfterAll
    static void stop() {
        SLACK.stop();
    }

    @Test
    void posts_to_slack_what_slack_understands() throws Exception {
        answer(200, "ok");

        var receipt = slack().post("hello " + SlackChannel.escape("<!channel> & co"));

        assertThat(receipt.reference()).isEqualTo("Slack answered 200");
        SLACK.verify(postRequestedFor(urlEqualTo("/services/T/B/x"))
                .withRequestBody(equalToJson("{\"text\": \"hello &lt;!channel&gt; &amp; co\"}")));
    }

    @Test
    void shows_a_slack_message_as_its_reader_sees_it() {
        var post = "*<https://a.example/?b=1&amp;c=2|the report>* says " + SlackChannel.escape("a < b & c");

        assertThat(SlackChannel.preview(post)).isEqualTo("*the report (https://a.example/?b=1&c=2)* says a < b & c");
    }

    @Test
    void tells_what_slack_refuses_from_what_it_has_no_time_for() {
        var slack = slack();
        answer(404, "no_service");
        assertThatThrownBy(() -> slack.post("x")).isInstanceOf(UndeliverableException.class);
        answer(429, "");
        assertThatThrownBy(() -> slack.post("x")).isInstanceOf(RateLimitedException.class);
        answer(503, "");
        assertThatThrownBy(() -> slack.post("x"))
                .isInstanceOf(IOException.class)
                .hasMessage("Slack answered 503");
    }

    @Test
    void posts_as_a_bot_and_learns_which_message_that_is() throws Exception {
        var bot = bot(Map.of("drydock.slack.bot-token", "xoxb-1", "drydock.slack.channel", "C123ABC456"));
        assertThat(bot.isOn()).isTrue();

        answerBot(okJson("""
                {"ok": true, "channel": "C123ABC456", "ts": "1503435956.000247", "message": {"text": "hello"}}"""));
        assertThat(bot.post("hello").receipt().reference()).isEqualTo("Slack message C123ABC456 1503435956.000247");
        SLACK.verify(postRequestedFor(urlEqualTo("/api/chat.postMessage"))
                .withHeader("Authorization", equalTo("Bearer xoxb-1"))
                .withRequestBody(equalToJson("{\"channel\": \"C123ABC456\", \"text\": \"hello\"}")));

        answerBot(okJson("{\"ok\": false, \"error\": \"channel_not_found\"}"));
        assertThatThrownBy(() -> bot.post("x"))
                .isInstanceOf(UndeliverableException.class)
                .hasMessageContaining("channel_not_found");
        answerBot(aResponse().withStatus(503));
        assertThatThrownBy(() -> bot.post("x")).isInstanceOf(IOException.class).hasMessage("Slack answered 503");
        answerBot(aResponse().withStatus(429).withHeader("Retry-After", "30"));
        assertThatThrownBy(() -> bot.post("x"))
                .isInstanceOfSatisfying(
                        RateLimitedException.class,
                        refused -> assertThat(refused.retryAfter()).contains(Duration.ofSeconds(30)));
    }

    private SlackChannel slack() {
        var config = TestSettings.of(Map.of(
                "drydock.slack.webhook-url", SLACK.baseUrl() + "/services/T/B/x", "drydock.slack.per-second", "0"));
        var targets = new WebhookClients(new HttpClients(config), InstantSource.system(), new ObjectMapper());
        return new SlackChannel(config, targets, bot(Map.of()), paces);
    }

    private SlackBot bot(Map<String, String> account) {
        var settings = new HashMap<>(account);
        settings.put("drydock.slack.base-url", SLACK.baseUrl() + "/api");
        settings.put("drydock.slack.per-second", "0");
        var config = TestSettings.of(settings);
        return new SlackBot(
                config, new HttpClients(config), paces, new ObjectMapper(), InstantSource.fixed(Instant.EPOCH));
    }

    private static void answerBot(ResponseDefinitionBuilder answer) {
        SLACK.stubFor(post(urlEqualTo("/api/chat.postMessage")).willReturn(answer));
    }

    @Test
    void writes_one_file_for_each_key_however_often_it_delivers() throws Exception {
        var key = DeliveryKey.of("triage", "a", "1");

        channel(outbox).write("first", "md", key);
        channel(outbox).write("again", "md", key);

        try (var files = Files.list(outbox)) {
            assertThat(files).singleElement().satisfies(file -> assertThat(file).hasContent("again"));
        }
    }

    @Test
    void keeps_one_file_for_each_name_and_leaves_the_folder_to_none() throws Exception {
        channel(outbox).put("../up & away", Map.of("state", "first"));

        var receipt = channel(outbox).put("../up & away", Map.of("state", "again"));

        assertThat(receipt.reference())
                .isEqualTo(outbox.resolve("%2E.%2Fup%20%26%20away.json").toString());
        assertThat(Path.of(receipt.reference())).hasContent("{\"state\":\"again\"}");
    }

    @Test
    void writes_a_whole_file_or_none_when_the_disk_is_full_and_says_where() throws Exception {
        var small = SmallDisk.mount();
        assumeTrue(small.isPresent(), "mounting a file system needs root");
        try (var disk = small.get()) {
            var outbox = disk.folder().resolve("outbox");
            var channel = channel(outbox);
            var text = "A long briefing. ".repeat(10_000);
            channel.write("before", "md", DeliveryKey.of("digest", "before", "1"));
            disk.fill();

            assertThatThrownBy(() -> channel.write(text, "md", DeliveryKey.of("digest", "today", "1")))
                    .isInstanceOf(IOException.class) // so that the outbox tries again
                    .hasMessageContaining("cannot write to " + outbox + " (DRYDOCK_FOLDER_OUTBOX): ")
                    .hasMessageContaining("No space left on device");
            try (var files = Files.list(outbox)) {
                assertThat(files)
                        .singleElement()
                        .satisfies(file -> assertThat(file).hasContent("before"));
            }

            disk.free();
            var receipt = channel.write(text, "md", DeliveryKey.of("digest", "today", "1"));
            assertThat(Path.of(receipt.reference())).hasContent(text);
        }
    }

    private static FolderChannel channel(Path outbox) {
        return new FolderChannel(
                TestSettings.of(Map.of("drydock.folder.outbox", outbox.toString())), new ObjectMapper());
    }

    private static void answer(int status, String body) {
        SLACK.stubFor(post(urlEqualTo("/services/T/B/x"))
                .willReturn(aResponse().withStatus(status).withBody(body)));
    }
}
