package dev.drydock;

import dev.drydock.config.DrydockConfig;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

/** The inbox of the application, whose clock is moved: a message is as old as that clock says, and so in the next window. */
@Singleton
public class ClockedInbox {

    private final Path folder;
    private final MovableClock clock;

    ClockedInbox(DrydockConfig config, MovableClock clock) {
        this.folder = config.folder().inbox().get(0);
        this.clock = clock;
    }

    /** Puts a message, in the place of another one of this name. */
    public void put(String name, String content) throws IOException {
        Files.createDirectories(folder);
        var file = Files.writeString(folder.resolve(name), content);
        Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
    }
}
