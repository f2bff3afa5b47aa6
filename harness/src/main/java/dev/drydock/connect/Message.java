package dev.drydock.connect;

import dev.drydock.agent.Item;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A message from a file: a mail, a note, a JSON document.
 *
 * @param id the file's path below its folder, with forward slashes
 * @param version a hash of the file's content
 * @param from as in the message; empty if it has no sender
 * @param subject of a mail or JSON message, else the file's name without its ending
 * @param body plain text; HTML is reduced to its text
 * @param headers of a mail, by lower-case name; of repeated ones the first
 * @param notes for the reader: that it was truncated, that its character set was guessed
 * @param unreadable the reason, for a message without content
 * @param attachments of a mail; what they contain is not read
 */
@RegisterForReflection
public record Message(
        String id,
        String version,
        String from,
        String subject,
        String body,
        Map<String, String> headers,
        List<String> notes,
        Optional<String> unreadable,
        List<Attachment> attachments)
        implements Item {

    /**
     * A part of a mail that is not its text.
     *
     * @param name of the file; empty if the mail names none
     * @param type such as {@code application/pdf}
     * @param size in bytes, as far as it was read
     */
    @RegisterForReflection
    public record Attachment(String name, String type, long size) {

        /** For people and prompts: {@code invoice.pdf (application/pdf, 12,345 bytes)}. */
        @Override
        public String toString() {
            return "%s (%s, %,d bytes)".formatted(name.isEmpty() ? "without a name" : name, type, size);
        }
    }

    public Message {
        attachments = attachments == null ? List.of() : attachments; // stored before there were any
    }

    /** A message without attachments. */
    public Message(
            String id,
            String version,
            String from,
            String subject,
            String body,
            Map<String, String> headers,
            List<String> notes,
            Optional<String> unreadable) {
        this(id, version, from, subject, body, headers, notes, unreadable, List.of());
    }

    /** A mail's header, or the empty string. */
    public String header(String lowerCaseName) {
        return headers.getOrDefault(lowerCaseName, "");
    }

    /** Sender, subject, attachments and text, as a prompt shows them to a model. */
    public String text() {
        var attached = attachments.isEmpty()
                ? ""
                : attachments.stream()
                        .map(Attachment::toString)
                        .collect(Collectors.joining("; ", "Attachments, not shown: ", "\n"));
        return "From: %s\nSubject: %s\n%s\n%s".formatted(from, subject, attached, body);
    }

    /** By which header a mail shows that a machine sent it and nobody waits for an answer; empty for all other messages. */
    public Optional<String> sentByMachine() {
        return MachineMail.markOf(this);
    }
}
