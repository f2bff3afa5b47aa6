package dev.drydock.offline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What dev mode notices of the sources. */
class SourceFilesTest {

    @TempDir
    Path folder = Path.of("");

    @Test
    void notice_once_that_a_file_was_saved_added_or_removed() throws Exception {
        var agent =
                Files.writeString(Files.createDirectories(folder.resolve("a/b")).resolve("Agent.java"), "1");
        var sources = new SourceFiles(folder);
        assertThat(sources.haveChanged()).isFalse();

        Files.setLastModifiedTime(agent, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
        assertThat(sources.haveChanged()).isTrue();
        assertThat(sources.haveChanged()).isFalse();

        var other = Files.writeString(folder.resolve("Other.java"), "2");
        assertThat(sources.haveChanged()).isTrue();
        Files.delete(other);
        assertThat(sources.haveChanged()).isTrue();
        assertThat(sources.haveChanged()).isFalse();
    }

    @Test
    void are_none_where_there_is_no_such_folder() {
        assertThat(new SourceFiles(folder.resolve("none")).haveChanged()).isFalse();
    }
}
