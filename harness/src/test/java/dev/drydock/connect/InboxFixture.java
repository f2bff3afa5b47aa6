package dev.drydock.connect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.TestSettings;
import dev.drydock.agent.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** A folder of a test's own, and the source that reads it. */
abstract class InboxFixture {

    static final int MAX_BYTES = 4096;

    @TempDir
    Path inbox;

    Path write(String name, String content) throws IOException {
        var file = inbox.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content, UTF_8);
    }

    List<Message> read() throws Exception {
        return source(Duration.ZERO).read(since(Instant.EPOCH));
    }

    static Message only(List<Message> messages) {
        assertThat(messages).hasSize(1);
        return messages.get(0);
    }

    static Window since(Instant from) {
        return new Window(from, from.isAfter(Instant.now()) ? from : Instant.now(), false);
    }

    FolderSource source(Duration settle) {
        return source(settle, MAX_BYTES);
    }

    FolderSource source(Duration settle, int maxBytes) {
        var config = TestSettings.of(Map.of(
                "drydock.folder.inbox",
                inbox.toString(),
                "drydock.folder.max-bytes",
                String.valueOf(maxBytes),
                "drydock.folder.settle",
                settle.toMillis() + "ms"));
        return new FolderSource(
                config, new MessageReader(new MailReader(), new ObjectMapper()), InstantSource.system());
    }
}
