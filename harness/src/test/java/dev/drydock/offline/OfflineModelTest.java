package dev.drydock.offline;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.triage.TriageAgent;
import com.example.triage.TriageAgent.Category;
import com.example.triage.TriageAgent.Urgency;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class OfflineModelTest {

    /** None of these stands in the samples. */
    private static final Map<String, Category> UNSEEN = new LinkedHashMap<>();

    static {
        UNSEEN.put(
                "Your whole platform has been unreachable for everyone since 6 am, production is down.",
                Category.OUTAGE);
        UNSEEN.put("The upload button does nothing and the console shows a TypeError.", Category.BUG);
        UNSEEN.put("When I sort the table by date the app crashes with an error message.", Category.BUG);
        UNSEEN.put("I was charged for 12 seats but we only have 10, please correct the invoice.", Category.BILLING);
        UNSEEN.put("Can we get a refund for the yearly subscription that renewed yesterday?", Category.BILLING);
        UNSEEN.put("How do I invite a colleague to my workspace? Where is that documented?", Category.QUESTION);
        UNSEEN.put("It would be lovely if you could add an integration with our calendar.", Category.FEATURE_REQUEST);
        UNSEEN.put("Please add keyboard shortcuts, that would be a great feature.", Category.FEATURE_REQUEST);
        UNSEEN.put(
                "Somebody logged in to our account from abroad, we think the password was stolen.", Category.SECURITY);
        UNSEEN.put("We found a cross-site scripting vulnerability in your search form.", Category.SECURITY);
        UNSEEN.put(
                "Terrible support, nobody answers, I am very disappointed and will switch to a competitor.",
                Category.COMPLAINT);
        UNSEEN.put(
                "Limited offer! Boost your sales with our e-mail marketing tool, 50% discount today.", Category.SPAM);
        UNSEEN.put("Congratulations, you have won a prize, click to claim your gift card.", Category.SPAM);
        UNSEEN.put("Thanks a lot for the nice meeting yesterday, greetings to the whole team!", Category.OTHER);
    }

    @Inject
    TriageAgent.Judge judge;

    @Test
    void judges_nine_of_ten_unseen_messages_as_a_person_would() {
        var right = UNSEEN.entrySet().stream()
                .filter(message -> judge.judge(message.getKey()).category() == message.getValue())
                .count();

        assertThat(right * 10).isGreaterThanOrEqualTo(UNSEEN.size() * 9L);
    }

    @Test
    void has_learned_that_a_wrong_charge_is_urgent() {
        assertThat(judge.judge("Your invoice charged us twice, please refund").urgency())
                .isEqualTo(Urgency.TODAY);
    }

    @Test
    void takes_braces_in_a_message_for_text() {
        var triage =
                judge.judge("The template {customer.name} shows an error: {unclosed. It crashes and does not work.");

        assertThat(triage.category()).isEqualTo(Category.BUG);
    }

    @Test
    void quotes_a_sentence_of_the_message_as_its_summary() {
        var triage = judge.judge("Hello.\n\nThe nightly export fails with an error. Best, Ana");

        assertThat(triage.summary()).isEqualTo("The nightly export fails with an error.");
    }
}
