package dev.drydock.alert.channel;

import dev.drydock.http.WebhookClient.Answer;
import java.io.IOException;
import java.io.InterruptedIOException;

/** Says in the channels' terms what came of a post. */
final class AlertPost {

    /** One post to a receiver. */
    interface Post {

        Answer send() throws IOException, InterruptedException;
    }

    private AlertPost() {}

    /**
     * Posts, once.
     *
     * @return what was answered, for people: {@code Slack answered 200}
     */
    static String of(Post post) throws NoticeRefusedException, IOException {
        var answer = answer(post);
        if (!answer.isAccepted()) {
            throw new NoticeRefusedException(answer.toString());
        }
        return answer.toString();
    }

    private static Answer answer(Post post) throws IOException {
        try {
            return post.send();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }
}
