package dev.drydock.connect;

import dev.drydock.agent.Window;
import dev.drydock.config.FeedSettings;
import dev.drydock.http.HttpClients;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Reads RSS and Atom feeds, all that are set under {@code drydock.feeds.NAME} at the same time. */
public final class FeedSource {

    private static final Logger LOG = Logger.getLogger(FeedSource.class);

    private final HttpClient client;
    private final List<URI> addresses;
    private final Duration timeout;
    private final FeedDownload download;
    private final FeedHistory history;
    private final InstantSource clock;

    FeedSource(FeedSettings settings, HttpClient client, FeedMemory memory, InstantSource clock, Duration timeout) {
        this.client = client;
        this.history = new FeedHistory(memory);
        this.clock = clock;
        this.addresses = settings.urls();
        this.timeout = timeout;
        this.download = new FeedDownload(client, settings.maxBytes());
    }

    /**
     * The entries that appeared in the window; in an agent's first window, all that the feeds have. An entry appears when it is
     * published; if a feed has it later than that, or without a date, when the feed was last read without it. Waits
     * no longer than the timeout. Feeds that cannot be read do not stop the others; they are named in the faults.
     *
     * @throws IOException if no feed can be read
     */
    public FeedReading read(Window window) throws IOException, InterruptedException {
        var entries = new ArrayList<FeedEntry>();
        var faults = new ArrayList<String>();
        var missed = new ArrayList<URI>();
        var now = clock.instant();
        for (var answer : answers()) {
            try {
                var feed = FeedParser.parse(answer.address(), answer.body(), client);
                entries.addAll(history.in(window, answer.address(), feed.entries(), now));
                feed.faults().forEach(fault -> faults.add(name(answer.address()) + ": " + fault));
            } catch (IOException e) {
                LOG.warnf(
                        "Cannot read a feed from %s (%s); the other feeds are read",
                        Optional.ofNullable(answer.address().getHost()).orElse("this machine"), e.getMessage());
                faults.add(name(answer.address()) + ": " + e.getMessage());
                missed.add(answer.address());
            }
        }
        if (missed.size() == addresses.size()) {
            throw new IOException("no feed could be read: " + String.join("; ", faults));
        }
        missed.forEach(address -> history.missed(address, now));
        entries.sort(Comparator.comparing(FeedEntry::published).reversed());
        return new FeedReading(List.copyOf(entries), List.copyOf(faults));
    }

    private List<Answer> answers() throws InterruptedException {
        var answers = addresses.stream()
                .map(address -> new Answer(address, download.start(address)))
                .toList();
        var all = CompletableFuture.allOf(answers.stream().map(Answer::pending).toArray(CompletableFuture[]::new));
        try {
            all.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // each answer has its own result
        } finally {
            answers.forEach(answer -> answer.pending().cancel(true));
        }
        if (Thread.interrupted()) { // while a file was read
            throw new InterruptedException("interrupted while reading feeds");
        }
        return answers;
    }

    /** A feed's name in messages: without its query, which may contain a key. */
    private static String name(URI address) {
        return address.getHost() == null ? address.getPath() : address.getHost() + address.getPath();
    }

    private record Answer(URI address, CompletableFuture<byte[]> pending) {

        byte[] body() throws IOException, InterruptedException {
            try {
                return pending.get();
            } catch (CancellationException e) {
                throw new IOException("timed out", e);
            } catch (ExecutionException e) {
                throw forPeople(e.getCause());
            }
        }

        private static IOException forPeople(@Nullable Throwable fault) {
            if (fault instanceof CancellationException) {
                return new IOException("timed out", fault);
            }
            if (fault instanceof IOException readable && readable.getClass() == IOException.class) {
                return readable;
            }
            return new IOException(fault == null ? "connection failed" : HttpClients.reason(fault), fault);
        }
    }
}
