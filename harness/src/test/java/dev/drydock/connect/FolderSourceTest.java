package dev.drydock.connect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.agent.Window;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class FolderSourceTest extends InboxFixture {

    @Test
    void reads_on_past_links_in_a_circle_and_files_that_are_none() throws Exception {
        Files.createSymbolicLink(inbox.resolve("circle"), inbox);
        Files.createSymbolicLink(inbox.resolve("nowhere.txt"), Path.of("gone.txt"));
        write("a.txt", "x");

        assertThat(only(read()).id()).isEqualTo("a.txt");
    }

    @Test
    void follows_links_within_the_inbox_and_none_that_leads_out_of_it(@TempDir Path elsewhere) throws Exception {
        Files.writeString(elsewhere.resolve("secret.txt"), "hush");
        write("..data/inside.txt", "mounted");
        Files.createSymbolicLink(inbox.resolve("inside.txt"), Path.of("..data", "inside.txt"));
        Files.createSymbolicLink(inbox.resolve("file.txt"), elsewhere.resolve("secret.txt"));
        Files.createSymbolicLink(inbox.resolve("folder"), elsewhere);
        Files.createSymbolicLink(
                inbox.resolve("upwards.txt"),
                inbox.toRealPath().relativize(elsewhere.toRealPath().resolve("secret.txt")));
        Files.createSymbolicLink(inbox.resolve("chain.txt"), Path.of("file.txt"));

        assertThat(read()).extracting(Message::id).containsExactly("inside.txt");
    }

    @Test
    void does_not_follow_a_link_that_replaces_a_file_after_it_was_listed(@TempDir Path elsewhere) throws Exception {
        var file = write("a.txt", "harmless");
        var messages = read();

        Files.delete(file);
        Files.createSymbolicLink(file, Files.writeString(elsewhere.resolve("secret.txt"), "hush"));

        assertThat(List.copyOf(messages)).isEmpty();
    }

    @Test
    void reads_an_inbox_that_is_itself_a_link() throws Exception {
        write("a.txt", "x");
        var link = Files.createSymbolicLink(inbox.resolveSibling(inbox.getFileName() + "-link"), inbox);
        inbox = link;

        assertThat(only(read()).id()).isEqualTo("a.txt");
        Files.delete(link);
    }

    @Test
    void throws_if_it_is_interrupted_and_makes_no_message_of_what_is_left() throws Exception {
        write("a.txt", "x");
        write("b.txt", "x");
        var messages = read().iterator();
        messages.next();

        Thread.currentThread().interrupt();

        assertThatThrownBy(messages::hasNext).hasCauseInstanceOf(ClosedByInterruptException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void throws_if_the_folder_disappears_before_all_is_read() throws Exception {
        var file = write("a.txt", "x");
        var messages = read();
        Files.delete(file);
        Files.delete(inbox);

        assertThatThrownBy(() -> List.copyOf(messages)).hasCauseInstanceOf(NoSuchFileException.class);
        Files.createDirectory(inbox);
    }

    @Test
    void tells_files_of_the_same_content_apart_and_names_them_as_they_are_named() throws Exception {
        write("ünï code/näme with spaces.txt", "same");
        write("twin.txt", "same");

        var messages = read();

        assertThat(messages)
                .extracting(Message::id)
                .containsExactlyInAnyOrder("twin.txt", "ünï code/näme with spaces.txt");
        assertThat(messages.get(0).version()).isEqualTo(messages.get(1).version());
    }

    @Test
    void passes_over_hidden_and_half_copied_files_and_names_unknown_kinds() throws Exception {
        write(".hidden.txt", "x");
        write(".git/config.txt", "x");
        write("copying.txt.part", "x");
        write("letter.pdf", "%PDF");

        assertThat(only(read()).unreadable().orElseThrow()).startsWith("files ending in .pdf are not read");
    }

    @Test
    void offers_an_old_file_that_was_moved_in_just_now() throws Exception {
        var file = write("old.txt", "x");
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2001-01-01T00:00:00Z")));

        assertThat(source(Duration.ZERO).read(since(Instant.now().minusSeconds(60))))
                .hasSize(1);
    }

    @Test
    void leaves_out_what_did_not_change_in_the_window_unless_it_is_the_first() throws Exception {
        write("a.txt", "x");
        var later = Instant.now().plusSeconds(3600);

        assertThat(source(Duration.ZERO).read(since(later))).isEmpty();
        assertThat(source(Duration.ZERO).read(new Window(later, later.plusSeconds(1), true)))
                .hasSize(1);
    }

    @Test
    void takes_a_folder_that_is_gone_for_an_outage_and_makes_one_for_a_new_agent() throws Exception {
        Files.delete(inbox);

        assertThatThrownBy(() -> source(Duration.ZERO).read(since(Instant.EPOCH)))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("DRYDOCK_FOLDER_INBOX");
        assertThat(source(Duration.ZERO).read(new Window(Instant.EPOCH, Instant.now(), true)))
                .isEmpty();
        assertThat(inbox).isDirectory();
    }

    @Test
    void passes_over_a_file_that_vanishes_between_listing_and_reading() throws Exception {
        var vanishing = write("vanishing.txt", "x");
        write("staying.txt", "x");
        var thief = new Thread(() -> {
            try {
                Thread.sleep(100);
                Files.delete(vanishing);
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });

        thief.start();
        var messages = source(Duration.ofMillis(500)).read(since(Instant.EPOCH));

        assertThat(only(messages).id()).isEqualTo("staying.txt");
    }

    @Test
    void leaves_a_file_that_is_still_being_written_to_the_next_cycle() throws Exception {
        var growing = write("growing.txt", "begin");
        var writer = new Thread(() -> keepWriting(growing));
        write("done.txt", "done");

        writer.start();
        var messages = source(Duration.ofMillis(500)).read(since(Instant.EPOCH));
        writer.interrupt();
        writer.join();

        assertThat(messages).extracting(Message::id).containsExactly("done.txt");
        assertThat(read()).extracting(Message::id).contains("growing.txt");
    }

    private static void keepWriting(Path file) {
        try {
            for (int written = 0; !Thread.interrupted(); written++) {
                Files.writeString(file, "more ".repeat(written % 1000 + 1), UTF_8);
            }
        } catch (IOException e) {
            // a writer is interrupted in the middle of its write: the file stays as it is then
        }
    }
}
