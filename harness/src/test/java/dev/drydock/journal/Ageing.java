package dev.drydock.journal;

import dev.drydock.database.Database;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Instant;
import org.jdbi.v3.core.Jdbi;

/** Makes records older than they are. */
@Singleton
public class Ageing {

    private final Jdbi jdbi;

    Ageing(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** As if years had passed over all that an agent has done. */
    public void yearsPass(String agent) {
        jdbi.useHandle(handle -> {
            handle.execute("""
                    update run set started_at = started_at - interval '5 years', finished_at = finished_at - interval '5 years',
                        window_to = window_to - interval '5 years'
                    where agent = ?""", agent);
            handle.execute("""
                    update entry set admitted_at = admitted_at - interval '5 years', decided_at = decided_at - interval '5 years',
                        delivered_at = delivered_at - interval '5 years'
                    where agent = ?""", agent);
            handle.execute("update model_call set called_at = called_at - interval '5 years' where agent = ?", agent);
        });
    }

    /** A call of now, with so many output tokens where so many were reserved. */
    public void answered(String agent, long tokens, long reserved) {
        jdbi.useHandle(handle -> handle.execute("""
                insert into model_call (id, agent, request, tokens_out, called_at, latency_ms)
                values (?, ?, json_build_object('maxOutputTokens', ?::bigint), ?, now(), 1)""", Database.newId(), agent, reserved, tokens));
    }

    /** A call at this time and price. */
    public void called(String agent, Instant at, String costUsd) {
        jdbi.useHandle(handle -> handle.execute("""
                insert into model_call (id, agent, request, cost_usd, called_at, latency_ms) values (?, ?, '{}', ?, ?, 1)""", Database.newId(), agent, new BigDecimal(costUsd), at));
    }
}
