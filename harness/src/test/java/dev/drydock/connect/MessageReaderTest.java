package dev.drydock.connect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What becomes of a file's content, well-formed or not. */
@Execution(ExecutionMode.CONCURRENT)
class MessageReaderTest extends InboxFixture {

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
}
