package dev.drydock.run;

import jakarta.enterprise.context.ApplicationScoped;

/** Exits the process at once, without shutdown hooks: what hangs is not waited for. */
@ApplicationScoped
class HaltProcess {

    /** EX_SOFTWARE of sysexits.h: platforms restart a process that ends so. */
    static final int STUCK = 70;

    void halt(int exitCode) {
        Runtime.getRuntime().halt(exitCode);
    }
}
