package dev.drydock.connect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes a message of a file's content. If the content cannot be read, the message says why. */
@Singleton
class MessageReader {

    private final MailReader mails;
    private final ObjectMapper json;

    MessageReader(MailReader mails, ObjectMapper json) {
        this.mails = mails;
        this.json = json;
    }

    Message read(String id, FileContent content) {
        var draft = new MessageDraft(id, content);
        if (content.size() == 0) {
            return draft.unreadable("the file is empty");
        }
        var message = switch (draft.ending()) {
            case "eml" -> mails.read(draft);
            case "json" -> json(draft);
            case "txt", "md", "" -> draft.plain(draft.text());
            default ->
                draft.unreadable("files ending in ." + draft.ending() + " are not read; .eml, .txt, .md and .json are");
        };
        return message.unreadable().isEmpty()
                        && message.body().isBlank()
                        && message.subject().isBlank()
                        && message.attachments().isEmpty()
                ? draft.unreadable("the message has neither subject nor text")
                : message;
    }

    private Message json(MessageDraft draft) {
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
}
