package dev.drydock.connect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Makes a message of a file's content, whatever the content is: what cannot be read says so in the message. */
@Singleton
class MessageReader {

    private final MailReader mails;
    private final ObjectMapper json;

    MessageReader(MailReader mails, ObjectMapper json) {
        this.mails = mails;
        this.json = json;
    }

    Message read(String id, FileContent content) {
        var draft = new Draft(id, content);
        if (content.size() == 0) {
            return draft.unreadable("the file is empty");
        }
        var message = switch (ending(id)) {
            case "eml" -> mails.read(draft);
            case "json" -> json(draft);
            case "txt", "md", "" -> draft.plain(draft.text());
            default ->
                draft.unreadable("files ending in ." + ending(id) + " are not read; .eml, .txt, .md and .json are");
        };
        return message.unreadable().isEmpty()
                        && message.body().isBlank()
                        && message.subject().isBlank()
                ? draft.unreadable("the message has neither subject nor text")
                : message;
    }

    private Message json(Draft draft) {
        JsonNode tree;
        try {
            tree = json.readTree(draft.text());
        } catch (JsonProcessingException e) {
            draft.note("not valid JSON, read as plain text");
            return draft.plain(draft.text());
        }
        var body = first(tree, "body", "text", "message", "content");
        return draft.message(
                first(tree, "from", "sender", "email").orElse(""),
                first(tree, "subject", "title").orElse(draft.fileName()),
                body.orElseGet(tree::toPrettyString),
                Map.of());
    }

    private static Optional<String> first(JsonNode tree, String... names) {
        return List.of(names).stream()
                .map(tree::path)
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .findFirst();
    }

    static String ending(String id) {
        var name = id.substring(id.lastIndexOf('/') + 1);
        return name.contains(".") ? name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT) : "";
    }

    /** A message in the making, with the notes taken on the way. */
    static final class Draft {

        private final String id;
        private final FileContent content;
        private final List<String> notes = new ArrayList<>();

        Draft(String id, FileContent content) {
            this.id = id;
            this.content = content;
            if (content.cut()) {
                note("only the first %,d of %,d bytes were read".formatted(content.length(), content.size()));
            }
        }

        void note(String note) {
            notes.add(note);
        }

        FileContent content() {
            return content;
        }

        String text() {
            if (!content.isUtf8()) {
                note("not UTF-8, read as windows-1252");
            }
            return content.text();
        }

        String fileName() {
            var name = id.substring(id.lastIndexOf('/') + 1);
            var ending = ending(id);
            return ending.isEmpty() ? name : name.substring(0, name.length() - ending.length() - 1);
        }

        Message plain(String body) {
            return message("", fileName(), body, Map.of());
        }

        Message message(String from, String subject, String body, Map<String, String> headers) {
            return new Message(id, content.hash(), from, subject, body, headers, List.copyOf(notes), Optional.empty());
        }

        Message unreadable(String why) {
            return new Message(id, content.hash(), "", fileName(), "", Map.of(), List.copyOf(notes), Optional.of(why));
        }
    }
}
