package dev.drydock.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drydock.agent.UndeliverableException;
import dev.drydock.concurrent.PeriodicTasks;
import dev.drydock.connect.SlackBot;
import dev.drydock.connect.SlackMessage;
import dev.drydock.database.Database;
import dev.drydock.journal.ReviewMessages;
import dev.drydock.journal.ReviewMessages.Posted;
import dev.drydock.journal.ReviewQueue;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Asks for reviews in Slack, where its bot and its signing secret are set: a message with buttons for each of a few entries, and
 * one that counts the others. A message says how it was answered, once it is.
 */
@Singleton
public class PostReviews {

    private static final Logger LOG = Logger.getLogger(PostReviews.class);
    private static final Duration EVERY = Duration.ofSeconds(10);

    /** So many messages with buttons stand open at once: nobody reads a hundred. */
    static final int MOST = 5;

    private final ReviewMessages messages;
    private final ReviewQueue queue;
    private final SlackBot slack;
    private final SlackSignature clicks;
    private final ReviewBlocks blocks;

    PostReviews(
            ReviewMessages messages, ReviewQueue queue, SlackBot slack, SlackSignature clicks, ReviewBlocks blocks) {
        this.messages = messages;
        this.queue = queue;
        this.slack = slack;
        this.clicks = clicks;
        this.blocks = blocks;
    }

    void start(@Observes StartupEvent event, PeriodicTasks tasks) {
        if (slack.isOn() && clicks.isOn()) {
            tasks.every(EVERY, "asking for reviews in Slack", this::post);
        }
    }

    /** Posts what waits, and updates what was answered. What fails is tried again with the next call. */
    public void post() {
        try {
            var posted = messages.posted();
            for (var message : posted) {
                if (!message.waits()) {
                    answer(message);
                }
            }
            for (var entry : messages.claim(MOST)) {
                ask(entry);
            }
            count(posted.stream()
                    .filter(message -> message.entry().equals(ReviewMessages.OTHERS))
                    .findFirst());
        } catch (IOException e) {
            LOG.warnf(
                    "Slack took no message about reviews: %s. The next attempt is in %d s",
                    e.getMessage(), EVERY.toSeconds());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            if (!Database.isUnavailable(e)) {
                throw e;
            }
        }
    }

    private void ask(UUID id) throws IOException, InterruptedException {
        var entry = queue.waiting(id);
        if (entry.isPresent()) {
            post(id, blocks.ask(entry.get()), 0);
        } else {
            messages.forget(id); // somebody was faster
        }
    }

    private void answer(Posted message) throws IOException, InterruptedException {
        var answer = blocks.answered(message.entry());
        if (answer.isPresent()) {
            update(message, answer.get());
        }
        messages.forget(message.entry());
    }

    /** One message that is updated, which notifies nobody: the first of it has said enough. */
    private void count(Optional<Posted> counting) throws IOException, InterruptedException {
        var others = messages.others();
        if (counting.isEmpty()) {
            if (others > 0 && messages.claimOthers()) {
                post(ReviewMessages.OTHERS, blocks.others(others), others);
            }
        } else if (others == 0) {
            update(counting.get(), blocks.others(others));
            messages.forget(ReviewMessages.OTHERS);
        } else if (others != counting.get().count()) {
            update(counting.get(), blocks.others(others));
            messages.posted(
                    ReviewMessages.OTHERS,
                    counting.get().channel(),
                    counting.get().ts(),
                    others);
        }
    }

    /** What Slack refuses stays claimed: the message that counts the others counts it. */
    private void post(UUID entry, ObjectNode content, int count) throws IOException, InterruptedException {
        try {
            var message = slack.post(content);
            messages.posted(entry, message.channel(), message.ts(), count);
        } catch (UndeliverableException e) {
            LOG.warnf(
                    "A message about reviews was not posted. %s. Check SLACK_CHANNEL, and that the bot is in it",
                    e.getMessage());
        } catch (IOException e) {
            messages.forget(entry);
            throw e;
        }
    }

    /** A message that Slack no longer has, or does not let the bot change, stays as it is. */
    private void update(Posted message, ObjectNode content) throws IOException, InterruptedException {
        try {
            slack.update(new SlackMessage(message.channel(), message.ts()), content);
        } catch (UndeliverableException e) {
            LOG.warnf("A message about reviews was not updated. %s", e.getMessage());
        }
    }
}
