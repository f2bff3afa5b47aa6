package dev.drydock.journal;

import dev.drydock.database.Database;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Adds model calls to the journal as if they had been made. */
@Singleton
public class CallRecords {

    private final Jdbi jdbi;

    CallRecords(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** An answered call of the prompt {@code Judge.judge} to gpt-4.1. */
    public void answered(
            String agent, @Nullable UUID entry, Instant at, String request, long tokensIn, long tokensOut, String usd) {
        jdbi.useHandle(handle -> handle.execute(
                """
                insert into model_call (id, agent, entry_id, model_asked, prompt_name, prompt_version, request, response,
                    tokens_in, tokens_out, cost_usd, called_at, latency_ms)
                values (?, ?, ?, 'gpt-4.1', 'Judge.judge', 'v1', to_json(?::text), '{}', ?, ?, ?, ?, 1)""", Database.newId(), agent, entry, request, tokensIn, tokensOut, new BigDecimal(usd), at));
    }

    /** An answer to another version of the prompt {@code Judge.judge}. */
    public void answeredBy(String agent, String promptVersion, Instant at, long latencyMillis) {
        jdbi.useHandle(handle -> handle.execute("""
                insert into model_call (id, agent, model_asked, prompt_name, prompt_version, request, response, tokens_in,
                    tokens_out, cost_usd, called_at, latency_ms)
                values (?, ?, 'gpt-4.1', 'Judge.judge', ?, '{}', '{}', 1, 1, 0, ?, ?)""", Database.newId(), agent, promptVersion, at, latencyMillis));
    }

    /** Where the costs of the agent's calls come from, those outside of runs among them. */
    public List<String> costOrigins(String agent) {
        return jdbi.withHandle(handle -> handle.createQuery("select cost_origin from model_call where agent = :agent")
                .bind("agent", agent)
                .mapTo(String.class)
                .list());
    }
}
