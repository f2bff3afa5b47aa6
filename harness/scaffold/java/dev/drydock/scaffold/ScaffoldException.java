package dev.drydock.scaffold;

/** A command that was refused before it changed anything: the message says why, and what the person at the keyboard can do. */
final class ScaffoldException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("AnnotateFormatMethod") // a JDK alone compiles this, without annotations of Error Prone
    ScaffoldException(String message, Object... details) {
        super(message.formatted(details));
    }
}
