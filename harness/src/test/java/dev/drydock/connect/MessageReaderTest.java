package dev.drydock.connect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    void finds_a_text_where_none_belongs_if_there_is_no_other() throws Exception {
        write("1-preamble.eml", mixed("please call me\n", pdf()));
        write("2-epilogue.eml", mixed("", pdf()) + "\nplease call me\n");
        write("3-no-boundary.eml", "Subject: s\nContent-Type: multipart/mixed\n\nplease call me\n");
        write(
                "4-boundary-not-named.eml",
                mixed("", part("text/plain", "please call me")).replace("; boundary=x", ""));
        write(
                "5-other-boundary.eml",
                mixed("", part("text/plain", "please call me")).replace("boundary=x", "boundary=y"));
        write(
                "6-attachment.eml",
                "Subject: s\nContent-Type: text/plain; name=a.txt\nContent-Disposition: attachment\n\nplease call me\n");
        write("7-attached-part.eml", mixed("", part("text/plain\nContent-Disposition: attachment", "please call me")));
        write("8-other-text.eml", mixed("", part("text/markdown", "please call me")));
        write(
                "9-blank-plain.eml",
                mixed("", part("text/plain", " "), part("text/html", "<p>please call me</p>"))
                        .replace("mixed", "alternative"));

        assertThat(read()).hasSize(9).allSatisfy(mail -> {
            assertThat(mail.body()).as(mail.id()).contains("please call me");
            assertThat(mail.unreadable()).as(mail.id()).isEmpty();
        });
    }

    @Test
    void takes_what_is_meant_for_old_mail_readers_for_no_text() throws Exception {
        write("a.eml", mixed("This is a multi-part message in MIME format.\n", part("text/plain", "the text")));
        write("b.eml", mixed("This is a multi-part message in MIME format.\n", pdf()));

        assertThat(read()).extracting(mail -> mail.body().strip()).containsExactly("the text", "");
    }

    @Test
    void joins_the_texts_around_an_attachment() throws Exception {
        write("a.eml", mixed("", part("text/plain", "before"), pdf(), part("text/plain", "after")));

        assertThat(only(read()).body()).containsSubsequence("before", "after");
    }

    @Test
    void names_the_attachments_with_type_and_size_in_message_and_prompt() throws Exception {
        write("a.eml", mixed("", part("text/plain", "see attached"), pdf()));

        var mail = only(read());

        assertThat(mail.attachments()).containsExactly(new Message.Attachment("réport.pdf", "application/pdf", 6));
        assertThat(mail.text())
                .contains("Attachments, not shown: réport.pdf (application/pdf, 6 bytes)\n")
                .contains("see attached");
    }

    @Test
    void reads_messages_that_were_stored_before_there_were_attachments() throws Exception {
        var stored = """
                {"id":"a","version":"1","from":"","subject":"s","body":"b","headers":{},"notes":[],"unreadable":null}""";

        assertThat(JsonMapper.builder().addModule(new Jdk8Module()).build().readValue(stored, Message.class))
                .isEqualTo(new Message("a", "1", "", "s", "b", Map.of(), List.of(), Optional.empty()));
    }

    private static String mixed(String preamble, String... parts) {
        return "Subject: s\nContent-Type: multipart/mixed; boundary=x\n\n%s%s--x--\n"
                .formatted(preamble, String.join("", parts));
    }

    private static String part(String type, String content) {
        return "--x\nContent-Type: %s\n\n%s\n".formatted(type, content);
    }

    private static String pdf() {
        return part(
                "application/pdf\nContent-Transfer-Encoding: base64\n"
                        + "Content-Disposition: attachment; filename=\"=?UTF-8?Q?r=C3=A9port.pdf?=\"",
                "JVBERi0x");
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
