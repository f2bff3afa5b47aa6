package dev.drydock.http;

import java.util.Optional;

/** Keeps the tokens of each API, encrypted, for all processes. */
public interface SharedTokens {

    /** Takes what is kept, if anything, and returns what to keep instead. */
    @FunctionalInterface
    interface Exchange<X extends Exception> {

        String replace(Optional<String> kept) throws X;
    }

    /**
     * Runs the exchange while no other process runs one for this API: others wait. If it throws, or the process ends, what was
     * kept stays.
     *
     * @return what the exchange returned, and is kept now
     */
    <X extends Exception> String exchange(String api, Exchange<X> exchange) throws X;
}
