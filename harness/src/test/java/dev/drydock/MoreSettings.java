package dev.drydock;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What several tests need to be set and no other minds: one application for all of them. */
public final class MoreSettings implements QuarkusTestProfile {

    public static final Path INBOX = Path.of("target/feedback");
    public static final Path SAMPLES = Path.of("target/sample-api");
    public static final String SLACK_SECRET = "8f742231b10e8888abcd99yyyzzz85a5";

    /** An inbox of their own and links that lead here; one API with samples, one with samples and an address. */
    @Override
    public Map<String, String> getConfigOverrides() {
        try {
            Files.createDirectories(SAMPLES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.of(
                "drydock.folder.inbox",
                INBOX.toString(),
                "drydock.slack.signing-secret",
                SLACK_SECRET,
                "drydock.public-url",
                "https://owl.example/",
                "drydock.encryption-key",
                "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
                "drydock.http.paper.samples",
                SAMPLES.toString(),
                "drydock.http.real.samples",
                SAMPLES.toString(),
                "drydock.http.real.url",
                "http://127.0.0.1:1");
    }
}
