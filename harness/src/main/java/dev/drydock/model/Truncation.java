package dev.drydock.model;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Takes the middle out of a message, between paragraphs, lines, sentences or words, in this order. */
@Singleton
class Truncation {

    private static final String[] BOUNDARIES = {"\n\n", "\n", ". ", " "};

    /** Of what is kept, so much comes from the beginning. */
    private static final double HEAD = 0.7;

    /** For the note and for what a better boundary may cost. */
    private static final double KEPT = 0.97;

    private static final int ROUNDS = 12;

    private final TokenCount count;

    Truncation(TokenCount count) {
        this.count = count;
    }

    /** The part of a message that may be cut: what came from outside. Instructions and answers may not. */
    static Optional<String> text(ChatMessage message) {
        if (message instanceof UserMessage user && user.hasSingleText()) {
            return Optional.of(user.singleText());
        }
        return message instanceof ToolExecutionResultMessage result ? Optional.of(result.text()) : Optional.empty();
    }

    /** The message in at most {@code limit} tokens, or as few as it takes to leave the note alone. */
    ChatMessage shorten(ChatMessage message, int limit) {
        var text = text(message).orElseThrow();
        var tokens = count.of(message);
        var keep = text.length();
        var shorter = message;
        for (int round = 0; round < ROUNDS && tokens > limit && keep > 0; round++) {
            keep = (int) Math.min(keep - 1.0, keep * KEPT * limit / tokens);
            shorter = with(message, cut(text, keep));
            tokens = count.of(shorter);
        }
        return shorter;
    }

    private static ChatMessage with(ChatMessage message, String text) {
        return message instanceof ToolExecutionResultMessage result
                ? ToolExecutionResultMessage.from(result.id(), result.toolName(), text)
                : ((UserMessage) message)
                        .toBuilder().contents(List.of(TextContent.from(text))).build();
    }

    /** At most {@code keep} characters of the text, beginning and end, and a note of what is missing. */
    private static String cut(String text, int keep) {
        var head = endOfHead(text, (int) (keep * HEAD));
        var tail = startOfTail(text, text.length() - (keep - (int) (keep * HEAD)));
        return "%s\n[… %d characters were left out here, to fit the model …]\n%s"
                .formatted(
                        text.substring(0, head).stripTrailing(),
                        tail - head,
                        text.substring(tail).stripLeading());
    }

    /** The last good boundary before {@code limit}, unless that costs more than a fifth of it. */
    private static int endOfHead(String text, int limit) {
        for (var boundary : BOUNDARIES) {
            var at = text.lastIndexOf(boundary, limit - boundary.length());
            if (at > limit * 4 / 5) {
                return at + boundary.length();
            }
        }
        return whole(text, limit);
    }

    private static int startOfTail(String text, int limit) {
        for (var boundary : BOUNDARIES) {
            var at = text.indexOf(boundary, limit);
            if (at >= 0 && at - limit < (text.length() - limit) / 5) {
                return at + boundary.length();
            }
        }
        return whole(text, limit);
    }

    /** Where to cut a text instead: never within a surrogate pair. */
    static int whole(String text, int at) {
        return at > 0 && at < text.length() && Character.isLowSurrogate(text.charAt(at)) ? at - 1 : at;
    }
}
