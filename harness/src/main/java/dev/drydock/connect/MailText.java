package dev.drydock.connect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.drydock.connect.Message.Attachment;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.dom.SingleBody;
import org.jsoup.Jsoup;
import org.jspecify.annotations.Nullable;

/**
 * Finds the text of a mail among its parts, and notes the attachments. All parts with text that are to be shown are joined; of
 * alternatives the plain one is taken, unless it is blank. Text in a place where none belongs is taken where there is no other:
 * before the first boundary, after the last, in a part without a boundary, or marked as an attachment.
 */
final class MailText {

    private static final Pattern BOUNDARY = Pattern.compile("(?m)^--([^\\s-][^\\r\\n]{0,69}?)[ \\t]*$");

    /** "This is a multi-part message in MIME format.", in many words. */
    private static final Pattern FOR_OLD_READERS = Pattern.compile("(?is)[^\\n]{0,120}\\bMIME\\b[^\\n]{0,120}\\s*");

    private final MessageDraft draft;

    /** The first text in a place where none belongs, and a note about it. */
    private Optional<String> misplaced = Optional.empty();

    private String place = "";

    MailText(MessageDraft draft) {
        this.draft = draft;
    }

    /** Empty if there is none; a note says so. */
    String of(Message mail) throws IOException {
        var text = text(mail, true);
        if (!text.isBlank()) {
            return text;
        }
        draft.note(misplaced.isPresent() ? place : "the mail has no text part");
        return misplaced.orElse(text);
    }

    private String text(Entity entity, boolean whole) throws IOException {
        if (entity.getBody() instanceof Multipart parts) {
            return text(parts);
        }
        if (entity.getBody() instanceof Message forwarded) {
            return text(forwarded, false);
        }
        if (!(entity.getBody() instanceof SingleBody body)) {
            return "";
        }
        var type = Optional.ofNullable(entity.getMimeType()).orElse("text/plain");
        if (type.startsWith("multipart/")) {
            return withoutBoundary(entity, body);
        }
        var isText = type.startsWith("text/") && !type.equals("text/calendar");
        if (isText && (whole || !"attachment".equals(entity.getDispositionType()))) {
            return read(entity, body, type);
        }
        attach(entity, body, type);
        if (isText) {
            offer(read(entity, body, type), "the text is that of an attachment");
        }
        return "";
    }

    private String text(Multipart parts) throws IOException {
        var texts = new ArrayList<String>();
        Optional<String> plain = Optional.empty();
        for (var part : parts.getBodyParts()) {
            var text = text(part, false);
            if (!text.isBlank()) {
                texts.add(text);
                plain = plain.or(() -> "text/plain".equals(part.getMimeType()) ? Optional.of(text) : Optional.empty());
            }
        }
        var preamble = parts.getPreamble();
        if (preamble != null && !FOR_OLD_READERS.matcher(preamble).matches()) {
            offer(preamble, "the text stands before the first part");
        }
        offer(parts.getEpilogue(), "the text stands after the last part");
        if ("alternative".equals(parts.getSubType()) && !texts.isEmpty()) {
            return plain.orElse(texts.get(0));
        }
        return String.join("\n\n", texts);
    }

    /** Guesses the boundary that the header does not name; without one, all of it is text. */
    private String withoutBoundary(Entity entity, SingleBody body) throws IOException {
        var bytes = bytes(body);
        var guess = BOUNDARY.matcher(new String(bytes, ISO_8859_1));
        if (guess.find()) {
            var header = "Content-Type: %s; boundary=\"%s\"\r\n\r\n".formatted(entity.getMimeType(), guess.group(1));
            var again = MailReader.parse(new SequenceInputStream(
                    new ByteArrayInputStream(header.getBytes(ISO_8859_1)), new ByteArrayInputStream(bytes)));
            if (again.getBody() instanceof Multipart parts
                    && !parts.getBodyParts().isEmpty()) {
                draft.note("the boundary of the parts was guessed");
                return text(parts);
            }
        }
        offer(decode(entity, bytes), "the text stands in a part without a boundary");
        return "";
    }

    private void offer(@Nullable String text, String note) {
        if (misplaced.isEmpty() && text != null && !text.isBlank()) {
            misplaced = Optional.of(text);
            place = note;
        }
    }

    private void attach(Entity entity, SingleBody body, String type) throws IOException {
        var name = Optional.ofNullable(entity.getFilename()).orElse("");
        draft.attach(
                new Attachment(DecoderUtil.decodeEncodedWords(name, DecodeMonitor.SILENT), type, bytes(body).length));
    }

    private String read(Entity entity, SingleBody body, String type) throws IOException {
        var text = decode(entity, bytes(body));
        return type.equals("text/html") ? Jsoup.parse(text).wholeText().strip() : text;
    }

    private static byte[] bytes(SingleBody body) throws IOException {
        try (var in = body.getInputStream()) {
            return in.readAllBytes();
        }
    }

    private String decode(Entity entity, byte[] bytes) {
        var named = entity.getCharset();
        var charset = named == null || named.equalsIgnoreCase("us-ascii") ? Optional.<Charset>empty() : charset(named);
        return charset.map(known -> new String(bytes, known))
                .orElseGet(() -> new FileContent(bytes, bytes.length, "").text());
    }

    private Optional<Charset> charset(String name) {
        try {
            return Optional.of(Charset.forName(name));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            draft.note("unknown charset \"%s\", characters guessed".formatted(name));
            return Optional.empty();
        }
    }
}
