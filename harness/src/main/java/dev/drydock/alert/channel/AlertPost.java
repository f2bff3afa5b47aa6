package dev.drydock.alert.channel;

import dev.drydock.alert.channel.AlertChannel.RefusedException;
import dev.drydock.http.WebhookClient.Answer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.util.Optional;

/** What the channels that send by HTTP have in common: the receivers' addresses, and the meaning of their answers. */
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
    static String send(Post post) throws RefusedException, IOException {
        var answer = answer(post);
        if (!answer.isAccepted()) {
            throw new RefusedException(answer.toString());
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

    /** The address, with the scheme, host and port of the base if there is one. Path and query stay. */
    static URI withBase(String address, Optional<URI> base) {
        var url = URI.create(address);
        return base.map(to -> URI.create(to.getScheme() + "://" + to.getRawAuthority() + url.getRawPath() + query(url)))
                .orElse(url);
    }

    /** A path below an address, before the query that the address may have. */
    static URI below(String address, String path) {
        var url = URI.create(address);
        var parent =
                address.substring(0, address.length() - query(url).length()).replaceFirst("/+$", "");
        return URI.create(parent + path + query(url));
    }

    private static String query(URI url) {
        return url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    }
}
