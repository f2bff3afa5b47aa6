package dev.drydock.connect;

import dev.drydock.agent.Item;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
        Optional<String> unreadable)
        implements Item {

    /** A mail's header, or the empty string. */
    public String header(String lowerCaseName) {
        return headers.getOrDefault(lowerCaseName, "");
    }
}
