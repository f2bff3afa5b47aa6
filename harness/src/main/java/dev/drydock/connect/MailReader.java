package dev.drydock.connect;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.dom.SingleBody;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.stream.MimeConfig;
import org.jsoup.Jsoup;

/** Reads mails. What violates RFC 5322 or MIME is read as far as possible and noted in the message. */
@Singleton
class MailReader {

    Message read(MessageDraft draft) {
        try {
            var builder = new DefaultMessageBuilder();
            builder.setMimeEntityConfig(MimeConfig.PERMISSIVE);
            var mail = builder.parseMessage(draft.content().open());
            if (mail.getHeader() == null || mail.getHeader().getFields().isEmpty()) {
                draft.note("no mail headers found, read as plain text");
                return draft.plain(draft.text());
            }
            var headers = headers(mail);
            var body = text(mail, draft).orElseGet(() -> {
                draft.note("the mail has no text part");
                return "";
            });
            return draft.message(
                    headers.getOrDefault("from", ""),
                    Optional.ofNullable(mail.getSubject()).orElse(""),
                    body,
                    headers);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            // parts within parts, thousands deep, overflow the parser's stack
            draft.note("not a well-formed mail (%s), read as plain text"
                    .formatted(e.getClass().getSimpleName()));
            return draft.plain(draft.text());
        }
    }

    private static Map<String, String> headers(org.apache.james.mime4j.dom.Message mail) {
        var headers = new LinkedHashMap<String, String>();
        for (var field : mail.getHeader().getFields()) {
            headers.putIfAbsent(
                    field.getName().toLowerCase(Locale.ROOT),
                    DecoderUtil.decodeEncodedWords(field.getBody().strip(), DecodeMonitor.SILENT));
        }
        return headers;
    }

    /** The plain text of a mail, or else the text of its HTML. Attachments are skipped. */
    private static Optional<String> text(Entity entity, MessageDraft draft) throws IOException {
        if (entity.getBody() instanceof Multipart parts) {
            return text(parts, draft);
        }
        if (entity.getBody() instanceof org.apache.james.mime4j.dom.Message forwarded) {
            return text(forwarded, draft);
        }
        if (entity.getBody() instanceof SingleBody body && !"attachment".equals(entity.getDispositionType())) {
            return switch (entity.getMimeType()) {
                case "text/plain" -> Optional.of(decode(entity, body, draft));
                case "text/html" ->
                    Optional.of(
                            Jsoup.parse(decode(entity, body, draft)).wholeText().strip());
                default -> Optional.empty();
            };
        }
        return Optional.empty();
    }

    private static Optional<String> text(Multipart parts, MessageDraft draft) throws IOException {
        Optional<String> otherwise = Optional.empty();
        for (var part : parts.getBodyParts()) {
            var text = text(part, draft);
            if (text.isPresent() && !"text/html".equals(part.getMimeType())) {
                return text;
            }
            otherwise = otherwise.or(() -> text);
        }
        return otherwise;
    }

    private static String decode(Entity entity, SingleBody body, MessageDraft draft) throws IOException {
        try (var in = body.getInputStream()) {
            var bytes = in.readAllBytes();
            var named = entity.getCharset();
            var charset = named == null || named.equalsIgnoreCase("us-ascii")
                    ? Optional.<Charset>empty()
                    : charset(named, draft);
            return charset.map(known -> new String(bytes, known))
                    .orElseGet(() -> new FileContent(bytes, bytes.length, "").text());
        }
    }

    private static Optional<Charset> charset(String name, MessageDraft draft) {
        try {
            return Optional.of(Charset.forName(name));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            draft.note("unknown charset \"%s\", characters guessed".formatted(name));
            return Optional.empty();
        }
    }
}
