package dev.drydock.http;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** Reads a response body up to a limit. A larger body fails and is not read to its end. */
public final class LimitedBody implements BodySubscriber<byte[]> {

    private final BodySubscriber<byte[]> body = BodySubscribers.ofByteArray();
    private final int most;
    private @Nullable Subscription subscription;
    private long received;

    public LimitedBody(int most) {
        this.most = most;
    }

    public static IOException tooLarge(int most) {
        return new IOException("larger than %,d bytes".formatted(most));
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
