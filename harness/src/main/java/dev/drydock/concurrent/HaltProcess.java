package dev.drydock.concurrent;

import jakarta.enterprise.context.ApplicationScoped;

/** Exits the process at once, without shutdown hooks: what hangs is not waited for. */
@ApplicationScoped
public class HaltProcess {

    /** EX_SOFTWARE of sysexits.h: platforms restart a process that ends so. */
    public static final int STUCK = 70;

    public void halt(int exitCode) {
        Runtime.getRuntime().halt(exitCode);
    }
}
