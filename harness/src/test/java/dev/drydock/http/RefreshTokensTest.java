package dev.drydock.http;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.drydock.MovableClock;
import dev.drydock.connect.HttpSource;
import dev.drydock.connect.LogLines;
import dev.drydock.connect.Sources;
import dev.drydock.connect.TicketReader;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two processes with one refresh token, which the token server replaces at each use. A source stands for a process. */
@QuarkusTest
class RefreshTokensTest {

    private static final String KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
    private static final String OTHER_KEY = "YWJjZGVmZ2hpamFiY2RlZmdoaWphYmNkZWZnaGlqYWI=";

    private final WireMockServer api = new WireMockServer(
            WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());
    private final MovableClock clock = new MovableClock();
    private final String first = "first-" + UUID.randomUUID();
    private RotatingTokenServer tokens;

    @Inject
    Sources sources;

    @Inject
    Jdbi jdbi;

    @BeforeEach
    void start() throws IOException {
        api.start();
        api.stubFor(any(anyUrl()).willReturn(okJson("\"fine\"")));
        tokens = new RotatingTokenServer(first);
    }

    @AfterEach
    void stop() {
        api.stop();
        tokens.close();
    }

    @Test
    void make_one_request_at_each_refresh_and_are_never_refused_also_after_a_restart() throws Exception {
        var processes = List.of(process(KEY), process(KEY));

        for (int refresh = 1; refresh <= 20; refresh++) {
            fetchAtOnce(processes);
            assertThat(tokens.issued).hasValue(refresh);
            clock.advance(Duration.ofHours(2));
        }
        fetchAtOnce(List.of(process(KEY), processes.get(1))); // one was killed and started again
        clock.advance(Duration.ofHours(2));
        process(KEY).get("a");

        assertThat(tokens.issued).hasValue(22);
        assertThat(tokens.refused).hasValue(0);
    }

    @Test
    void are_never_refused_in_two_real_processes_of_which_one_is_killed_and_started_again() throws Exception {
        var jdbcUrl = jdbi.withHandle(handle -> {
            var database = handle.getConnection().getMetaData();
            return database.getURL().replaceFirst("\\?.*", "") + "?user=" + database.getUserName();
        });
        var settings = settings(KEY);
        try (var other = TicketReader.start(jdbcUrl, settings)) {
            var one = TicketReader.start(jdbcUrl, settings);
            for (int refresh = 1; refresh <= 20; refresh++) {
                if (refresh == 11) {
                    one.close();
                    one = TicketReader.start(jdbcUrl, settings);
                }
                one.fetch(2 * refresh);
                other.fetch(2 * refresh);
                assertThat(List.of(one.fetched(), other.fetched())).allMatch(List.of("\"fine\"", "\"fine\"")::equals);
                assertThat(tokens.issued).hasValue(refresh);
            }
            one.close();
        }
        assertThat(tokens.refused).hasValue(0);
    }

    @Test
    void keep_their_tokens_encrypted() throws Exception {
        process(KEY).get("a");

        var kept =
                jdbi.withHandle(handle -> handle.createQuery("select encrypted from api_tokens where api = 'tickets'")
                        .mapTo(String.class)
                        .one());
        var text = new String(Base64.getDecoder().decode(kept), ISO_8859_1);
        assertThat(text).doesNotContain("access", "refresh", first);
    }

    @Test
    void lose_no_token_when_the_connection_to_the_database_is_lost_in_the_middle() throws Exception {
        tokens.beforeAnswer(() -> jdbi.useHandle(handle -> handle.execute("""
                select pg_terminate_backend(pid) from pg_locks
                where relation = 'api_tokens'::regclass and mode = 'RowShareLock' and pid <> pg_backend_pid()""")));
        process(KEY).get("a");

        clock.advance(Duration.ofHours(2));
        process(KEY).get("b");

        assertThat(tokens.issued).hasValue(2);
        assertThat(tokens.refused).hasValue(0);
    }

    @Test
    void begin_anew_with_the_configured_token_when_another_is_configured_or_the_key_has_changed() throws Exception {
        process(OTHER_KEY).get("a");
        tokens.close();
        tokens = new RotatingTokenServer(first);

        process(KEY).get("b");

        assertThat(tokens.issued).hasValue(1);
        assertThat(tokens.refused).hasValue(0);
    }

    @Test
    void are_warned_without_a_key_because_the_newest_token_ends_with_the_process() throws Exception {
        try (var log = new LogLines()) {
            process(null).get("a");

            assertThat(log.lines).anyMatch(line -> line.contains("DRYDOCK_ENCRYPTION_KEY is not set"));
        }
        assertThatThrownBy(() -> process(null).get("b")).isInstanceOf(CredentialsRefusedException.class);
    }

    private static void fetchAtOnce(List<HttpSource> processes) throws Exception {
        var threads = Executors.newFixedThreadPool(4);
        Callable<String> one = () -> processes.get(0).get("a");
        Callable<String> other = () -> processes.get(1).get("b");
        for (var answer : threads.invokeAll(List.of(one, other, one, other))) {
            assertThat(answer.get()).isEqualTo("\"fine\"");
        }
        threads.shutdown();
    }

    private HttpSource process(@Nullable String key) {
        return sources.tickets(settings(key), clock);
    }

    private Map<String, String> settings(@Nullable String key) {
        var settings = new HashMap<>(
                Map.of("url", api.baseUrl(), "oauth.token-url", tokens.url(), "oauth.refresh-token", first));
        if (key != null) {
            settings.put("encryption-key", key);
        }
        return settings;
    }
}
