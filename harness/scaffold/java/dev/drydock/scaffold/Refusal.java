package dev.drydock.scaffold;

/** Why something is not done, and what to do about it, in words for the person at the keyboard. Nothing has changed. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Refusal(String message, Object... details) {
        super(message.formatted(details));
    }
}
