package dev.drydock.journal;

import dev.drydock.http.SharedTokens;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Keeps tokens in one row for each API, which is locked during an exchange. A process that ends releases the lock. */
@Singleton
public class StoreTokens implements SharedTokens {

    private final Jdbi jdbi;

    StoreTokens(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @Override
    public <X extends Exception> String exchange(String api, Exchange<X> exchange) throws X {
        jdbi.useHandle(handle -> handle.execute("insert into api_tokens (api) values (?) on conflict do nothing", api));
        return jdbi.inTransaction(handle -> {
            var kept = handle.createQuery("select encrypted from api_tokens where api = :api for update")
                    .bind("api", api)
                    .map((row, context) -> Optional.ofNullable(row.getString("encrypted")))
                    .one();
            var next = exchange.replace(kept);
            handle.createUpdate("update api_tokens set encrypted = :next, changed_at = now() where api = :api")
                    .bind("api", api)
                    .bind("next", next)
                    .execute();
            return next;
        });
    }
}
