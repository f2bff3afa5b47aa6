package dev.drydock.http;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a response body up to a limit. A larger body fails and is not read to its end. */
public final class LimitedBody implements BodySubscriber<byte[]> {

    private static final Pattern CHARSET = Pattern.compile("(?i)charset\\s*=\\s*\"?([^\\s;\"]+)");

    private final BodySubscriber<byte[]> body = BodySubscribers.ofByteArray();
    private final int most;
    private @Nullable Subscription subscription;
    private long received;

    public LimitedBody(int most) {
        this.most = most;
    }

    /** The same as text, in the charset that the response names, or else UTF-8. */
    public static BodyHandler<String> text(int most) {
        return head ->
                BodySubscribers.mapping(new LimitedBody(most), bytes -> new String(bytes, charset(head.headers())));
    }

    private static Charset charset(HttpHeaders headers) {
        var named = CHARSET.matcher(headers.firstValue("Content-Type").orElse(""));
        try {
            return named.find() ? Charset.forName(named.group(1)) : StandardCharsets.UTF_8;
        } catch (IllegalArgumentException e) {
            return StandardCharsets.UTF_8;
        }
    }

    public static IOException tooLarge(int most) {
        return new TooLargeException(most);
    }

    /** The message contains the limit only. */
    static final class TooLargeException extends IOException {

        private static final long serialVersionUID = 1;

        private TooLargeException(int most) {
            super("larger than %,d bytes".formatted(most));
        }
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        this.subscription = subscription;
        body.onSubscribe(subscription);
    }

    @Override
    public void onNext(List<ByteBuffer> parts) {
        if (received > most) {
            return; // received before the cancellation took effect
        }
        received += parts.stream().mapToLong(Buffer::remaining).sum();
        if (received <= most) {
            body.onNext(parts);
            return;
        }
        body.onError(tooLarge(most));
        if (subscription != null) {
            subscription.cancel();
        }
    }

    @Override
    public void onError(Throwable fault) {
        body.onError(fault);
    }

    @Override
    public void onComplete() {
        body.onComplete();
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body.getBody();
    }
}
