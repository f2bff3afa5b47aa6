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
 * @param from as the message has it; empty if it names no sender
 * @param subject of a mail or JSON message, else the file's name without its ending
 * @param body plain text; HTML is reduced to its text
 * @param headers of a mail, by lower-case name; the first of those that repeat
 * @param notes what the reader should know: that it was cut, that its characters had to be guessed
 * @param unreadable why there is nothing to judge, for a message without content
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
