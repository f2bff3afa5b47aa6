package dev.drydock;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

/** The inbox of an application whose clock is moved: a message is as old as that clock says, and so in the next window. */
public record ClockedInbox(Path folder, MovableClock clock) {

    /** Puts a message, in the place of another one of this name. */
    public void put(String name, String content) throws IOException {
        Files.createDirectories(folder);
        var file = Files.writeString(folder.resolve(name), content);
        Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
    }
}
