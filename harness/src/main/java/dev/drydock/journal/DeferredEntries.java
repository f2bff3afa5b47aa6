package dev.drydock.journal;

import jakarta.inject.Singleton;
import org.jdbi.v3.core.Jdbi;

/** Entries that an agent's first run left: they stay ADMITTED, and no run decides them until their owner says so. */
@Singleton
public class DeferredEntries {

    private final Jdbi jdbi;

    DeferredEntries(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** How many there are. */
    public int count(String agent) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select count(*) from entry where agent = :agent and deferred and state = 'ADMITTED'")
                .bind("agent", agent)
                .mapTo(Integer.class)
                .one());
    }

    /** Defers the agent's undecided entries, save those that were admitted last. */
    public void deferAllBut(String agent, int newest) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                update entry set deferred = true
                where id in (
                    select id from entry where agent = :agent and state = 'ADMITTED' and not deferred
                    order by id desc offset :newest)""")
                .bind("agent", agent)
                .bind("newest", newest)
                .execute());
    }

    /** Lets the next run decide them. */
    public void release(String agent) {
        jdbi.useHandle(
                handle -> handle.createUpdate("update entry set deferred = false where agent = :agent and deferred")
                        .bind("agent", agent)
                        .execute());
    }
}
