package dev.drydock.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {

    @Test
    void reads_what_fly_and_railway_hand_out() {
        assertThat(DatabaseUrl.toSettings("postgres://app:p%40ss+word@db.internal:5433/drydock?sslmode=disable"))
                .containsOnly(
                        entry(
                                "quarkus.datasource.jdbc.url",
                                "jdbc:postgresql://db.internal:5433/drydock?sslmode=disable"),
                        entry("quarkus.datasource.username", "app"),
                        entry("quarkus.datasource.password", "p@ss+word"));
    }

    @Test
    void reads_what_neon_hands_out() {
        assertThat(DatabaseUrl.toSettings(
                        "postgresql://u:p@ep-1.neon.tech/main?sslmode=require&channel_binding=require"))
                .containsEntry(
                        "quarkus.datasource.jdbc.url",
                        "jdbc:postgresql://ep-1.neon.tech/main?sslmode=require&channelBinding=require");
    }

    @Test
    void takes_a_jdbc_url_as_it_is() {
        assertThat(DatabaseUrl.toSettings("jdbc:postgresql://h/d?user=u"))
                .containsOnly(entry("quarkus.datasource.jdbc.url", "jdbc:postgresql://h/d?user=u"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql://u:secret@h/d",
                "h:5432/d?secret",
                "postgres://u:secret#@h/d",
                "postgres://u:secret @h/d",
                "postgres://"
            })
    void names_the_fault_but_never_the_password(String url) {
        assertThatThrownBy(() -> DatabaseUrl.toSettings(url))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .isNotBlank()
                .doesNotContain("secret");
    }
}
