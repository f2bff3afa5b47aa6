package dev.drydock.run;

import jakarta.enterprise.context.ApplicationScoped;

/** The end of the process, at once: without waiting for what hangs, and with nothing stored that was not. */
@ApplicationScoped
class HaltProcess {

    /** EX_SOFTWARE of sysexits.h: platforms restart a process that ends so. */
    static final int STUCK = 70;

    void halt(int exitCode) {
        Runtime.getRuntime().halt(exitCode);
    }
}
