package dev.drydock.connect;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.stream.MimeConfig;

/** Reads mails. What violates RFC 5322 or MIME is read as far as possible and noted in the message. */
@Singleton
class MailReader {

    Message read(MessageDraft draft) {
        try {
            var mail = parse(draft.content().open());
            if (mail.getHeader() == null || mail.getHeader().getFields().isEmpty()) {
                draft.note("no mail headers found, read as plain text");
                return draft.plain(draft.text());
            }
            var headers = headers(mail);
            var body = new MailText(draft).of(mail);
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

    static org.apache.james.mime4j.dom.Message parse(InputStream mail) throws IOException {
        var builder = new DefaultMessageBuilder();
        builder.setMimeEntityConfig(MimeConfig.PERMISSIVE);
        return builder.parseMessage(mail);
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
}
