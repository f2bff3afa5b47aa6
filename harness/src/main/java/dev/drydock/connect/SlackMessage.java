package dev.drydock.connect;

import dev.drydock.agent.Receipt;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A message that Slack has.
 *
 * @param channel its id, such as {@code C024BE7LR}
 * @param ts when it was posted, by which Slack tells messages of a channel apart
 */
public record SlackMessage(String channel, String ts) {

    private static final Pattern LINK = Pattern.compile("<?https://[^/\\s]+/archives/(\\w+)/p(\\d{10})(\\d{6})\\S*");

    /** The message that a link leads to, as Slack's "Copy link" gives it. */
    public static Optional<SlackMessage> ofLink(String link) {
        var found = LINK.matcher(link);
        return found.matches()
                ? Optional.of(new SlackMessage(found.group(1), found.group(2) + "." + found.group(3)))
                : Optional.empty();
    }

    /** Names the message, so that the delivery is found by it. */
    public Receipt receipt() {
        return new Receipt("Slack message %s %s".formatted(channel, ts));
    }
}
