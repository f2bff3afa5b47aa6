package dev.drydock.connect;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.agent.DeliveryKey;
import dev.drydock.agent.Receipt;
import dev.drydock.config.DrydockConfig;
import dev.drydock.http.PathSegment;
import jakarta.inject.Singleton;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/** Delivers to the folder {@code drydock.folder.outbox}: one file for each key or name. */
@Singleton
public class FolderChannel {

    private final Path folder;
    private final ObjectMapper json;

    FolderChannel(DrydockConfig config, ObjectMapper json) {
        this.folder = config.folder().outbox();
        this.json = json;
    }

    /**
     * Writes a file atomically: it appears whole, once it is on the disk, or not at all.
     *
     * @throws IOException names the setting and the reason, such as a full disk; the delivery is tried again
     * @param ending the extension of the file's name, without a dot
     */
    public Receipt write(String text, String ending, DeliveryKey key) throws IOException {
        return store(key + "." + ending, text);
    }

    /**
     * Writes a record as JSON to a file of this name, atomically, and replaces an earlier one. In a native executable its type
     * must be registered for reflection, as the types in an agent's class are.
     *
     * @param name any characters; the file is always in this folder
     */
    public Receipt put(String name, Object content) throws IOException {
        return store(PathSegment.of(name) + ".json", json.writeValueAsString(content));
    }

    private Receipt store(String name, String text) throws IOException {
        var file = folder.resolve(name);
        var unfinished = folder.resolve("." + UUID.randomUUID() + ".tmp");
        try {
            Files.createDirectories(folder);
            try (var out = new FileOutputStream(unfinished.toFile())) {
                out.write(text.getBytes(UTF_8));
                out.getFD().sync(); // some file systems find out only now that the disk is full
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new IOException(
                    "cannot write to %s (DRYDOCK_FOLDER_OUTBOX): %s".formatted(folder, e.getMessage()), e);
        } finally {
            Files.deleteIfExists(unfinished);
        }
        return new Receipt(file.toString());
    }
}
