package dev.drydock.blackbox;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drydock.LimitedServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A webhook that takes five messages a second, as Slack's takes one: alone, then with two processes that post to it. */
class LimitedReceiverIT {

    private static final int MESSAGES = 40;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Test
    void gets_each_message_once_in_order_and_with_few_refusals() throws Exception {
        try (var environment = new TestEnvironment();
                var receiver = new LimitedServer(Duration.ofMillis(200), true);
                var one = Program.start(settings(environment, receiver))) {
            environment.putAtOnce(messages("first"));
            await().atMost(PATIENCE)
                    .ignoreExceptions() // until the tables are there
                    .until(() -> environment.count("entry where decided_at is not null") == MESSAGES);
            receiver.answer(); // the output sent first was claimed while others were decided; all others wait together
            awaitDelivered(environment, MESSAGES);

            assertThat(receiver.refused()).isLessThanOrEqualTo(5);
            assertThat(receiver.taken()).hasSize(MESSAGES).doesNotHaveDuplicates();
            var sent = receiver.taken().stream().map(LimitedReceiverIT::subject).toList();
            var due = new ArrayList<>(inOrder(environment));
            due.remove(sent.get(0));
            assertThat(sent.subList(1, MESSAGES)).isEqualTo(due);
            assertThat(environment.count("delivery where outcome <> 'DELIVERED' or attempt > 1"))
                    .isZero();
            assertThat(one.log()).doesNotContain("Circuit breaker");

            try (var other = Program.start(settings(environment, receiver))) {
                await().atMost(PATIENCE).until(() -> other.log().contains("Listening on"));
                var refused = receiver.refused();
                environment.putAtOnce(messages("second"));
                awaitDelivered(environment, 2 * MESSAGES);

                assertThat(receiver.refused() - refused).isLessThanOrEqualTo(5);
                assertThat(receiver.taken()).hasSize(2 * MESSAGES).doesNotHaveDuplicates();
            }
        }
    }

    private static void awaitDelivered(TestEnvironment environment, int number) {
        await().atMost(PATIENCE)
                .ignoreExceptions() // until the tables are there
                .until(() -> environment.count("entry where state = 'DELIVERED'") == number);
    }

    private static Map<String, String> messages(String prefix) {
        return IntStream.range(0, MESSAGES)
                .boxed()
                .collect(toMap(
                        number -> prefix + number + ".eml",
                        number -> "Subject: " + prefix + number + "\n\nThe export fails."));
    }

    /** The items in the order in which they became due. */
    private static List<String> inOrder(TestEnvironment environment) throws Exception {
        return List.of(environment
                .ask(
                        "select string_agg(regexp_replace(item_id, '.*/|[.]eml', '', 'g'), ' ' order by decided_at, id) from entry")
                .split(" "));
    }

    private static String subject(String post) {
        return post.replaceFirst("(?s).*_(.+)_.*", "$1");
    }

    private static Map<String, String> settings(TestEnvironment environment, LimitedServer receiver) {
        var settings = environment.live();
        settings.put("SLACK_WEBHOOK_URL", receiver.url());
        settings.put("drydock.slack.per-second", "5");
        return settings;
    }
}
