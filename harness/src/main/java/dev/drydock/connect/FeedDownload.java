package dev.drydock.connect;

import dev.drydock.http.LimitedBody;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Fetches feeds. One that this process has fetched before is only sent again if it has changed since, or is large.
 * https://www.rfc-editor.org/rfc/rfc9110#section-13
 */
final class FeedDownload {

    private static final int NOT_MODIFIED = 304;

    /** Larger feeds are sent again each time. */
    private static final int LARGEST_KEPT = 1 << 19;

    private final HttpClient client;
    private final Map<URI, HttpResponse<byte[]>> latest = new ConcurrentHashMap<>();
    private final int maxBytes;

    FeedDownload(HttpClient client, int maxBytes) {
        this.client = client;
        this.maxBytes = maxBytes;
    }

    /** Does not wait. The message of a plain {@link IOException} can be shown to people. */
    CompletableFuture<byte[]> start(URI address) {
        if ("file".equals(address.getScheme())) {
            return read(Path.of(address));
        }
        var known = latest.get(address);
        return client.sendAsync(request(address, known), head -> new LimitedBody(maxBytes))
                .thenApply(answer -> body(address, answer, known));
    }

    private static HttpRequest request(URI address, @Nullable HttpResponse<byte[]> known) {
        var request = HttpRequest.newBuilder(address)
                .header("Accept", "application/atom+xml, application/rss+xml, application/xml;q=0.9, */*;q=0.5")
                .header("User-Agent", "Drydock");
        if (known != null) {
            known.headers().firstValue("ETag").ifPresent(tag -> request.header("If-None-Match", tag));
            known.headers().firstValue("Last-Modified").ifPresent(time -> request.header("If-Modified-Since", time));
        }
        return request.build();
    }

    private byte[] body(URI address, HttpResponse<byte[]> answer, @Nullable HttpResponse<byte[]> known) {
        if (answer.statusCode() == NOT_MODIFIED && known != null) {
            return known.body();
        }
        if (answer.statusCode() / 100 != 2) {
            throw new CompletionException(new IOException("answered " + answer.statusCode()));
        }
        if (answer.body().length <= LARGEST_KEPT) {
            latest.put(address, answer);
        }
        return answer.body();
    }

    private CompletableFuture<byte[]> read(Path file) {
        try {
            return Files.size(file) > maxBytes
                    ? CompletableFuture.failedFuture(LimitedBody.tooLarge(maxBytes))
                    : CompletableFuture.completedFuture(Files.readAllBytes(file));
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
