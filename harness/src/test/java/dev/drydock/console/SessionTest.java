package dev.drydock.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.console.AttemptLimit.Kind;
import dev.drydock.console.Session.Role;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Sessions and the limit on refused logins, as time passes. */
class SessionTest {

    private Instant now = Instant.parse("2026-11-27T06:00:00Z");
    private final InstantSource clock = () -> now;

    @Test
    void a_session_ends_by_itself() {
        var signer = new Session.Signer(
                new AdminToken(() -> {
                    throw new AssertionError("not read");
                }) {
                    @Override
                    public Optional<String> value() {
                        return Optional.of("a token");
                    }

                    @Override
                    Optional<String> clientSecret() {
                        return Optional.empty();
                    }
                },
                clock);
        var cookie = signer.begin("Änne O'Neil", Role.VIEWER).cookie();

        assertThat(signer.read(cookie)).hasValueSatisfying(session -> {
            assertThat(session.name()).isEqualTo("Änne O'Neil");
            assertThat(session.role()).isEqualTo(Role.VIEWER);
        });
        now = now.plus(Session.LASTS);
        assertThat(signer.read(cookie)).isEmpty();
    }

    @Test
    void logins_are_checked_again_once_the_wrong_ones_are_long_ago() {
        var limit = new AttemptLimit(clock);
        for (int attempt = 0; attempt < Kind.LOGIN.fromOneAddress(); attempt++) {
            assertThat(limit.blocked(Kind.LOGIN, "here")).isEmpty();
            limit.refused(Kind.LOGIN, "here");
        }

        assertThat(limit.blocked(Kind.LOGIN, "here")).contains(AttemptLimit.WINDOW);
        assertThat(limit.blocked(Kind.LOGIN, "there")).isEmpty();
        now = now.plus(AttemptLimit.WINDOW);
        assertThat(limit.blocked(Kind.LOGIN, "here")).isEmpty();
    }

    @Test
    void many_addresses_together_are_limited() {
        var limit = new AttemptLimit(clock);
        for (int attempt = 0; attempt < Kind.LOGIN.inAll(); attempt++) {
            limit.refused(Kind.LOGIN, "address " + attempt);
        }

        assertThat(limit.blocked(Kind.LOGIN, "another")).isPresent();
    }
}
