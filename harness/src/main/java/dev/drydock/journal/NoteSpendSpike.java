package dev.drydock.journal;

import jakarta.inject.Singleton;
import java.time.LocalDate;
import org.jdbi.v3.core.Jdbi;

/** Notes that a day has cost an agent far more than usual. */
@Singleton
public class NoteSpendSpike {

    private final Jdbi jdbi;

    NoteSpendSpike(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** True for the first to note this day, over all processes and starts. */
    public boolean note(String agent, LocalDate day) {
        return jdbi.withHandle(handle -> handle.createUpdate("""
                insert into spend_spike (agent, day) values (:agent, :day)
                on conflict (agent) do update set day = excluded.day where spend_spike.day < excluded.day""")
                        .bind("agent", agent)
                        .bind("day", day)
                        .execute())
                == 1;
    }
}
