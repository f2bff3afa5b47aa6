package dev.drydock.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.example.triage.TriageAgent;
import com.example.triage.TriageAgent.Category;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.TestSettings;
import dev.drydock.agent.Window;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a newcomer sees first: the samples, judged by the offline model. */
@QuarkusTest
class SamplesTest {

    /** What a person would say, by the number in the file's name. */
    private static final Map<Integer, Set<Category>> RIGHT = Map.ofEntries(
            entry(1, Set.of(Category.OUTAGE)),
            entry(2, Set.of(Category.BUG)),
            entry(3, Set.of(Category.BILLING)),
            entry(4, Set.of(Category.AUTO_REPLY)),
            entry(5, Set.of(Category.AUTO_REPLY)),
            entry(6, Set.of(Category.SECURITY)),
            entry(7, Set.of(Category.QUESTION)),
            entry(8, Set.of(Category.FEATURE_REQUEST)),
            entry(9, Set.of(Category.COMPLAINT)),
            entry(10, Set.of(Category.SPAM)),
            entry(11, Set.of(Category.OTHER)),
            entry(12, Set.of(Category.SPAM)),
            entry(13, Set.of(Category.BUG)),
            entry(14, Set.of(Category.BILLING)),
            entry(15, Set.of(Category.SECURITY)),
            entry(16, Set.of(Category.BUG)),
            entry(17, Set.of(Category.BUG, Category.SECURITY)),
            entry(18, Set.of(Category.QUESTION)),
            entry(19, Set.of(Category.BILLING, Category.QUESTION)),
            entry(20, Set.of(Category.FEATURE_REQUEST)),
            entry(21, Set.of(Category.OUTAGE, Category.BUG)),
            entry(22, Set.of(Category.BUG)),
            entry(23, Set.of(Category.BILLING, Category.QUESTION)),
            entry(24, Set.of(Category.SPAM)),
            entry(25, Set.of(Category.OTHER)));

    @Inject
    TriageAgent agent;

    @Test
    void are_judged_as_a_person_would_in_nine_of_ten_cases() throws Exception {
        var wrong = new TreeMap<String, Category>();
        for (var message : samples()) {
            var given =
                    agent.rule(message).orElseGet(() -> agent.decide(message)).category();
            var number = Integer.parseInt(message.id().substring(0, 2));
            if (!RIGHT.getOrDefault(number, Set.of()).contains(given)) {
                wrong.put(message.id(), given);
            }
        }

        assertThat(wrong).hasSizeLessThanOrEqualTo(RIGHT.size() / 10);
    }

    @Test
    void are_all_read_without_a_note() throws Exception {
        assertThat(samples()).hasSize(RIGHT.size()).allSatisfy(message -> {
            assertThat(message.notes()).isEmpty();
            assertThat(message.unreadable()).isEmpty();
            assertThat(message.body()).isNotBlank();
        });
    }

    private static List<Message> samples() throws Exception {
        var config = TestSettings.of(Map.of("drydock.folder.inbox", "samples/inbox", "drydock.folder.settle", "0ms"));
        return new FolderSource(config, new MessageReader(new MailReader(), new ObjectMapper()), InstantSource.system())
                .read(new Window(Instant.EPOCH, Instant.now(), true));
    }
}
