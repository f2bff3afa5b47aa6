package dev.drydock.connect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.agent.Window;
import dev.drydock.config.DrydockConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderSourceTest {

    private static final int MAX_BYTES = 4096;

    @TempDir
    Path inbox;

    @Test
    void reads_a_mail_with_its_sender_subject_text_and_headers() throws Exception {
        write("a.eml", """
                From: =?UTF-8?Q?Andr=C3=A9?= <andre@b.example>
                Subject: =?ISO-8859-1?Q?caf=E9?=
                Auto-Submitted: no
                Content-Type: text/plain; charset=utf-8

                Größe
                """);

        var mail = only(read());

        assertThat(mail.from()).isEqualTo("André <andre@b.example>");
        assertThat(mail.subject()).isEqualTo("café");
        assertThat(mail.body()).isEqualToIgnoringNewLines("Größe");
        assertThat(mail.header("auto-submitted")).isEqualTo("no");
        assertThat(mail.notes()).isEmpty();
    }

    @Test
    void takes_the_plain_part_of_a_mail_and_else_the_text_of_its_html() throws Exception {
        write("both.eml", """
                Subject: s
                Content-Type: multipart/alternative; boundary=x

                --x
                Content-Type: text/html

                <p>from html</p>
                --x
                Content-Type: text/plain

                from plain
                --x--
                """);
        write("html.eml", "Subject: s\nContent-Type: text/html\n\n<style>p{}</style><p>from &amp; html</p>\n");

        assertThat(read()).extracting(message -> message.body().strip()).containsExactly("from plain", "from & html");
    }

    @Test
    void says_of_an_empty_file_that_it_is_empty() throws Exception {
        write("empty.txt", "");

        assertThat(only(read()).unreadable()).hasValue("the file is empty");
    }

    @Test
    void reads_the_beginning_of_a_huge_file_and_says_so() throws Exception {
        try (var huge = new RandomAccessFile(inbox.resolve("huge.txt").toFile(), "rw")) {
            huge.setLength(50_000_000);
        }

        var message = only(read());

        assertThat(message.body()).hasSize(MAX_BYTES);
        assertThat(message.notes()).containsExactly("only the first 4,096 of 50,000,000 bytes were read");
    }

    @Test
    void makes_the_best_of_broken_mime() throws Exception {
        write(
                "broken.eml",
                "Subject: broken\nContent-Type: multipart/mixed; boundary=\"never closed\nX\n\n--nowhere\nstill text\n");
        write("no-mail.eml", "this is no mail at all");
        Files.write(inbox.resolve("garbage.eml"), new byte[] {0, (byte) 0xFF, 1, 2, '\n', '\n', (byte) 0xFE});

        assertThat(read())
                .hasSize(3)
                .allSatisfy(message -> assertThat(message.unreadable().isPresent()
                                || !message.subject().isBlank()
                                || !message.body().isBlank())
                        .isTrue());
    }

    @Test
    void survives_a_mail_of_parts_within_parts_without_end() throws Exception {
        var mail = new StringBuilder("Subject: deep\n");
        for (int depth = 0; depth < 20_000; depth++) {
            mail.append("Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n".formatted(depth, depth));
        }
        write("deep.eml", mail.toString());
        var source = source(Duration.ZERO, 2_000_000);

        assertThat(only(source.read(since(Instant.EPOCH))).notes()).isNotEmpty();
    }

    @Test
    void reads_on_past_links_in_a_circle_and_files_that_are_none() throws Exception {
        Files.createSymbolicLink(inbox.resolve("circle"), inbox);
        Files.createSymbolicLink(inbox.resolve("nowhere.txt"), Path.of("gone.txt"));
        write("a.txt", "x");

        assertThat(only(read()).id()).isEqualTo("a.txt");
    }

    @Test
    void guesses_the_characters_of_an_unknown_charset_and_says_so() throws Exception {
        Files.write(
                inbox.resolve("odd.eml"),
                "Subject: s\nContent-Type: text/plain; charset=x-klingon\n\nGröße\n".getBytes(ISO_8859_1));

        var message = only(read());

        assertThat(message.body().strip()).isEqualTo("Größe");
        assertThat(message.notes()).containsExactly("unknown charset \"x-klingon\", characters guessed");
    }

    @Test
    void reads_json_by_its_fields_and_broken_json_as_text() throws Exception {
        write("broken.json", "{\"subject\": ");
        write("form.json", "{\"from\":\"a@b\",\"subject\":\"Hi\",\"message\":\"there\"}");

        var messages = read();

        assertThat(messages.get(0).notes()).containsExactly("not valid JSON, read as plain text");
        assertThat(messages.get(1)).returns("Hi", Message::subject).returns("there", Message::body);
    }

    @Test
    void tells_files_of_the_same_content_apart_and_names_them_as_they_are_named() throws Exception {
        write("ünï code/näme with spaces.txt", "same");
        write("twin.txt", "same");

        var messages = read();

        assertThat(messages).extracting(Message::id).containsExactly("twin.txt", "ünï code/näme with spaces.txt");
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

    private Path write(String name, String content) throws IOException {
        var file = inbox.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content, UTF_8);
    }

    private List<Message> read() throws Exception {
        return source(Duration.ZERO).read(since(Instant.EPOCH));
    }

    private static Message only(List<Message> messages) {
        assertThat(messages).hasSize(1);
        return messages.get(0);
    }

    private static Window since(Instant from) {
        return new Window(from, from.isAfter(Instant.now()) ? from : Instant.now(), false);
    }

    private FolderSource source(Duration settle) {
        return source(settle, MAX_BYTES);
    }

    private FolderSource source(Duration settle, int maxBytes) {
        var config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(DrydockConfig.class)
                .withDefaultValue("drydock.folder.inbox", inbox.toString())
                .withDefaultValue("drydock.folder.max-bytes", String.valueOf(maxBytes))
                .withDefaultValue("drydock.folder.settle", settle.toMillis() + "ms")
                .build()
                .getConfigMapping(DrydockConfig.class);
        return new FolderSource(
                config, new MessageReader(new MailReader(), new ObjectMapper()), InstantSource.system());
    }
}
