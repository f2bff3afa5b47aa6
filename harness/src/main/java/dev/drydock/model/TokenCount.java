package dev.drydock.model;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ChatMessageSerializer;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import jakarta.inject.Singleton;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Counts tokens before anything is sent, by the encoding of OpenAI's models since gpt-4o. Other models differ by about ten
 * percent. These counts are bounds; what a call costs follows from the server's own.
 */
@Singleton
class TokenCount {

    /** For the frame around each message. https://cookbook.openai.com/examples/how_to_count_tokens_with_tiktoken */
    private static final int FRAME = 4;

    private static final int PERCENT = 100;

    /** Of a character in UTF-8; those with four are two characters here. */
    private static final long MOST_BYTES = 3;

    /** No encoding takes more; a server that counts more counts something else. */
    private static final long MOST_PERCENT = 200;

    /** Of a shorter request the server mostly counts the frame that its template adds: a probe, say. */
    private static final int LEAST_LEARNED = 64;

    /**
     * A longer text is counted in parts of so many characters: several times faster, in little memory even where nothing separates
     * words, and one token in a thousand too many.
     */
    private static final int PART = 4_096;

    /** The counts of long texts, as long as these are in memory: each step on the way of a request asks for them. */
    private final Map<String, Integer> counted = Collections.synchronizedMap(new WeakHashMap<>());

    /** By model, the largest count of the server that was seen, in percent of ours. */
    private final Map<String, Long> serverPercent = new ConcurrentHashMap<>();

    /** Reads the 200,000 tokens when the first text is counted: that takes as long as half of a start. */
    private final EncodingRegistry encodings = Encodings.newLazyEncodingRegistry();

    private final ToIntFunction<String> encoding;

    TokenCount() {
        this.encoding = text -> encodings.getEncoding(EncodingType.O200K_BASE).countTokensOrdinary(text);
    }

    /** Counts by another encoding. */
    TokenCount(ToIntFunction<String> encoding) {
        this.encoding = encoding;
    }

    int of(String text) {
        if (text.length() <= PART) {
            return encoding.applyAsInt(text);
        }
        var known = counted.get(text);
        var tokens = known == null ? inParts(text) : known;
        counted.put(text, tokens);
        return tokens;
    }

    private int inParts(String text) {
        var tokens = 0;
        for (int from = 0, to; from < text.length(); from = to) {
            to = Truncation.whole(text, Math.min(from + PART, text.length()));
            tokens += encoding.applyAsInt(text.substring(from, to));
        }
        return tokens;
    }

    int of(ChatMessage message) {
        return FRAME + of(text(message));
    }

    /** The messages and tools of a request, without the schema of the answer. */
    int of(ChatRequest request) {
        var sum = FRAME;
        for (var message : request.messages()) {
            sum += of(message);
        }
        if (request.toolSpecifications() != null) {
            for (var tool : request.toolSpecifications()) {
                sum += FRAME + of(tool.toString());
            }
        }
        return sum;
    }

    /** At least as many as {@link #of(ChatRequest)} counts, without counting: a token has a byte or more, and a character three at most. */
    long atMost(ChatRequest request) {
        var sum = (long) FRAME;
        for (var message : request.messages()) {
            sum += FRAME + atMost(text(message));
        }
        if (request.toolSpecifications() != null) {
            for (var tool : request.toolSpecifications()) {
                sum += FRAME + atMost(tool.toString());
            }
        }
        return sum;
    }

    /** The same of a text. */
    static long atMost(String text) {
        return text.length() * MOST_BYTES;
    }

    /** A number of our tokens as the server of a model counts them, by what was learned from its answers. */
    long atServer(String model, long tokens, int leastPercent) {
        return tokens * Math.max(leastPercent, serverPercent.getOrDefault(model, 0L)) / PERCENT + 1;
    }

    /** Learns from an answer how much more than we the server of a model counts. The largest plausible difference is kept. */
    void learn(String model, long ours, @Nullable Long servers) {
        if (servers != null && servers > ours && ours >= LEAST_LEARNED) {
            serverPercent.merge(model, Math.min(MOST_PERCENT, servers * PERCENT / ours + 1), Math::max);
        }
    }

    private static String text(ChatMessage message) {
        if (message instanceof SystemMessage system) {
            return system.text();
        }
        if (message instanceof UserMessage user && user.hasSingleText()) {
            return user.singleText();
        }
        if (message instanceof AiMessage answer && answer.text() != null && !answer.hasToolExecutionRequests()) {
            return answer.text();
        }
        return ChatMessageSerializer.messageToJson(message);
    }
}
