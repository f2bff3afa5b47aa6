package dev.drydock.database;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Addresses of managed databases, against a server that has what they have: TLS, and passwords bound to its channel. */
@Execution(ExecutionMode.CONCURRENT)
class DatabaseTlsTest {

    @TempDir
    static Path folder;

    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void start() throws Exception {
        writeCertificate();
        var rules = Files.writeString(folder.resolve("pg_hba.conf"), """
                hostssl all app all scram-sha-256
                host all postgres all trust
                """);
        postgres = EmbeddedPostgres.builder()
                .setServerConfig("ssl", "on")
                .setServerConfig("ssl_cert_file", folder.resolve("server.crt").toString())
                .setServerConfig("ssl_key_file", folder.resolve("server.key").toString())
                .setServerConfig("hba_file", rules.toString())
                .start();
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create user app password 'secret'");
        }
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }

    @Test
    void connects_as_neon_asks() throws Exception {
        try (var connection = connect("sslmode=require&channel_binding=require&connect_timeout=15");
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select ssl from pg_stat_ssl where pid = pg_backend_pid()")) {
            rows.next();
            assertThat(rows.getBoolean("ssl")).isTrue();
        }
    }

    @Test
    void connects_with_the_parameters_of_an_orm() throws Exception {
        try (var connection = connect("sslmode=no-verify&pgbouncer=true&connection_limit=1&schema=public")) {
            assertThat(connection.isValid(5)).isTrue();
        }
    }

    @Test
    void trusts_whom_java_trusts_where_the_system_is_to_be_trusted() {
        assertThatThrownBy(() -> connect("sslmode=verify-full&sslrootcert=system"))
                .isInstanceOf(SQLException.class)
                .hasRootCauseMessage("unable to find valid certification path to requested target");
    }

    private static Connection connect(String parameters) throws SQLException {
        var settings = DatabaseUrl.toSettings(
                "postgresql://app:secret@localhost:%d/postgres?%s".formatted(postgres.getPort(), parameters));
        return DriverManager.getConnection(
                settings.get("quarkus.datasource.jdbc.url"),
                settings.get("quarkus.datasource.username"),
                settings.get("quarkus.datasource.password"));
    }

    /** A certificate that nobody has signed, and its key, in the form that PostgreSQL reads. */
    private static void writeCertificate() throws Exception {
        var store = folder.resolve("server.p12");
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        var options = "-genkeypair -alias server -keyalg RSA -storetype PKCS12 -storepass secret -dname CN=localhost"
                + " -ext san=dns:localhost -keystore ";
        var made = new ProcessBuilder((keytool + " " + options + store).split(" "))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        assertThat(made).isZero();
        var password = "secret".toCharArray();
        var keys = KeyStore.getInstance(store.toFile(), password);
        writePem("server.crt", "CERTIFICATE", keys.getCertificate("server").getEncoded());
        writePem("server.key", "PRIVATE KEY", keys.getKey("server", password).getEncoded());
    }

    private static void writePem(String name, String kind, byte[] content) throws Exception {
        var lines = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(content);
        var file = Files.createFile(
                folder.resolve(name),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind, lines, kind));
    }
}
