package dev.drydock.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

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

    /** As the consoles of the platforms show them, with names and passwords made up. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        # Supabase: direct, session pooler, transaction pooler, the same for Prisma
        postgresql://postgres:p@db.abcdefgh.supabase.co:5432/postgres | db.abcdefgh.supabase.co:5432/postgres
        postgresql://postgres.abcdefgh:p@aws-0-eu-central-1.pooler.supabase.com:5432/postgres | aws-0-eu-central-1.pooler.supabase.com:5432/postgres
        postgresql://postgres.abcdefgh:p@aws-0-eu-central-1.pooler.supabase.com:6543/postgres?pgbouncer=true&connection_limit=1 | aws-0-eu-central-1.pooler.supabase.com:6543/postgres?pgbouncer=true&connection_limit=1
        # Neon: direct, pooler, and for old clients the endpoint as an option
        postgresql://alex:p@ep-cool-darkness-a1b2c3d4.us-east-2.aws.neon.tech/dbname?sslmode=require&channel_binding=require | ep-cool-darkness-a1b2c3d4.us-east-2.aws.neon.tech/dbname?sslmode=require&channelBinding=require
        postgresql://alex:p@ep-cool-darkness-a1b2c3d4-pooler.us-east-2.aws.neon.tech/dbname?sslmode=require&connect_timeout=15 | ep-cool-darkness-a1b2c3d4-pooler.us-east-2.aws.neon.tech/dbname?sslmode=require&connectTimeout=15
        postgresql://alex:p@ep-cool-darkness-a1b2c3d4.aws.neon.tech/dbname?options=endpoint%3Dep-cool-darkness-a1b2c3d4 | ep-cool-darkness-a1b2c3d4.aws.neon.tech/dbname?options=endpoint%3Dep-cool-darkness-a1b2c3d4
        # Fly, Railway, Docker Compose
        postgres://drydock:p@drydock-db.flycast:5432/drydock?sslmode=disable | drydock-db.flycast:5432/drydock?sslmode=disable
        postgresql://postgres:p@postgres.railway.internal:5432/railway | postgres.railway.internal:5432/railway
        postgres://drydock:p@my_database:5432/drydock | my_database:5432/drydock
        # Scaleway; a primary and its standby; node-postgres
        postgresql://u:p@db.pg.sdb.fr-par.scw.cloud:5432/d?sslmode=verify-full&sslrootcert=system | db.pg.sdb.fr-par.scw.cloud:5432/d?sslmode=verify-full&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory
        postgres://u:p@one:5432,two:5433/d?target_session_attrs=read-write | one:5432,two:5433/d?targetServerType=primary
        postgres://u:p@[::1]:5432/d?sslmode=no-verify&application_name=x | [::1]:5432/d?sslmode=require&ApplicationName=x
        """)
    void reads_real_addresses_so_that_the_driver_accepts_them(String address, String expected) {
        var url = jdbcUrl(address);

        assertThat(url).isEqualTo("jdbc:postgresql://" + expected);
        assertThat(new Driver().acceptsURL(url)).isTrue();
    }

    @Test
    void uses_words_that_the_driver_knows() {
        var address = "postgres://u:p@h/d?application_name=a&channel_binding=b&connect_timeout=1&gssencmode=g"
                + "&keepalives=1&sslnegotiation=s&target_session_attrs=any&sslrootcert=system&sslmode=no-verify&options=o";
        var url = jdbcUrl(address);
        var words = url.substring(url.indexOf('?') + 1).split("&");

        assertThat(words)
                .hasSize(10)
                .allSatisfy(word -> assertThat(PGProperty.forName(word.replaceFirst("=.*", "")))
                        .as(word)
                        .isNotNull());
    }

    @Test
    void reads_a_password_whose_at_sign_was_not_encoded() {
        assertThat(DatabaseUrl.toSettings("postgres://u:p@ss@h/d"))
                .containsEntry("quarkus.datasource.jdbc.url", "jdbc:postgresql://h/d")
                .containsEntry("quarkus.datasource.password", "p@ss");
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
                "postgres://u:[secret]@h/d",
                "postgres://u:1/secret@h/d",
                "postgres://u:1?secret@h/d",
                "postgres:///d?host=/cloudsql/secret",
                "postgres://u:secret@one:5432,/d",
                "postgres://u:secret@h:port/d",
                "postgres://"
            })
    void names_the_fault_but_never_the_password(String url) {
        assertThatThrownBy(() -> DatabaseUrl.toSettings(url))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .isNotBlank()
                .doesNotContain("secret");
    }

    private static String jdbcUrl(String address) {
        return DatabaseUrl.toSettings(address).getOrDefault("quarkus.datasource.jdbc.url", "");
    }
}
