package dev.drydock.http;

/**
 * What a service answered to a post: it took it, or refuses it for good. Holds no word of the answer, which may quote what
 * was sent.
 *
 * @param from the service's name, for people
 */
public record HttpAnswer(String from, int status) {

    public boolean isTaken() {
        return status / 100 == 2;
    }

    /** For messages: {@code Slack answered 404}. */
    @Override
    public String toString() {
        return from + " answered " + status;
    }
}
