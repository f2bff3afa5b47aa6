package dev.drydock.blackbox;

/** Something around the program that it has to wait for, at one step of its work, until it is taken away. */
interface Obstacle extends AutoCloseable {

    /** Whether the program waits for it now. */
    boolean reached() throws Exception;

    /** Takes it away. To be called when the program that waited is dead. */
    @Override
    void close() throws Exception;
}
