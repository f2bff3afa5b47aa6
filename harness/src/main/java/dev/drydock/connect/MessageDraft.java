package dev.drydock.connect;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Builds a message, with notes about what had to be guessed. */
final class MessageDraft {

    private final String id;
    private final FileContent content;
    private final List<String> notes = new ArrayList<>();
    private final List<Message.Attachment> attachments = new ArrayList<>();

    MessageDraft(String id, FileContent content) {
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
        var ending = ending();
        return ending.isEmpty() ? name : name.substring(0, name.length() - ending.length() - 1);
    }

    void attach(Message.Attachment attachment) {
        attachments.add(attachment);
    }

    Message plain(String body) {
        return message("", fileName(), body, Map.of());
    }

    Message message(String from, String subject, String body, Map<String, String> headers) {
        return new Message(
                id,
                content.hash(),
                from,
                subject,
                body,
                headers,
                List.copyOf(notes),
                Optional.empty(),
                List.copyOf(attachments));
    }

    Message unreadable(String why) {
        return new Message(id, content.hash(), "", fileName(), "", Map.of(), List.copyOf(notes), Optional.of(why));
    }

    /** Of the file's name, in lower case, without its dot. */
    String ending() {
        var name = id.substring(id.lastIndexOf('/') + 1);
        return name.contains(".") ? name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT) : "";
    }
}
