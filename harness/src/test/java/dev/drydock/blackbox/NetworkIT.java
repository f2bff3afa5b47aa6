package dev.drydock.blackbox;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;

/** The packaged program in a company's network, and with settings as people paste them. */
@Execution(CONCURRENT)
class NetworkIT {

    /** No such name exists: whoever connects to it does so by the proxy. */
    private static final String HOST = "model.example.test";

    private static final String USER = "me:p@ss";

    @TempDir
    static Path folder;

    private static WireMockServer secure;

    private TestEnvironment environment;
    private ConnectProxy proxy;

    @BeforeAll
    static void start_a_server_with_a_certificate_of_its_own() throws Exception {
        keytool("-genkeypair -alias server -keyalg RSA -storetype PKCS12 -storepass secret -dname CN=model"
                + " -ext san=dns:" + HOST + " -keystore server.p12");
        keytool("-exportcert -rfc -alias server -storepass secret -keystore server.p12 -file authority.pem");
        secure = new WireMockServer(WireMockConfiguration.options()
                .bindAddress("127.0.0.1")
                .dynamicPort()
                .dynamicHttpsPort()
                .keystorePath(folder.resolve("server.p12").toString())
                .keystoreType("PKCS12")
                .keystorePassword("secret")
                .keyManagerPassword("secret"));
        secure.start();
        secure.stubFor(
                post(urlPathEqualTo("/v1/chat/completions"))
                        .willReturn(
                                MockModel.completion(
                                        "{\\\"category\\\":\\\"BUG\\\",\\\"urgency\\\":\\\"TODAY\\\",\\\"summary\\\":\\\"It is broken.\\\",\\\"reason\\\":\\\"fails\\\"}")));
    }

    @AfterAll
    static void stop_the_server() {
        secure.stop();
    }

    @BeforeEach
    void start() throws Exception {
        environment = new TestEnvironment();
        environment.put("a.txt", "The export fails.");
        proxy = new ConnectProxy(secure.httpsPort(), Base64.getEncoder().encodeToString(USER.getBytes(UTF_8)));
    }

    @AfterEach
    void stop() throws Exception {
        proxy.close();
        environment.close();
    }

    @Test
    void decides_by_a_proxy_and_a_server_whose_certificate_is_of_an_own_authority() throws Exception {
        var ended = Program.run(behindProxy(), "run", "triage");

        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(environment.count("entry where state = 'SHADOWED'")).isOne();
        assertThat(proxy.requests()).isNotEmpty().allMatch("CONNECT model.example.test:443 HTTP/1.1"::equals);
    }

    @Test
    void names_the_setting_that_helps_with_a_certificate_that_is_not_trusted() throws Exception {
        var settings = behindProxy();
        settings.remove("SSL_CERT_FILE");

        var ended = Program.run(settings, "run", "triage");

        assertThat(ended.exitCode()).isEqualTo(4);
        assertThat(ended.out() + ended.err()).contains("certificate is not trusted", "set SSL_CERT_FILE");
        assertThat(blamed()).isZero();
    }

    @Test
    void uses_no_proxy_for_what_is_listed() throws Exception {
        var settings = behindProxy();
        settings.put("NO_PROXY", "internal.test, .example.test");

        var ended = Program.run(settings, "run", "triage");

        assertThat(ended.exitCode()).isEqualTo(4);
        assertThat(proxy.requests()).isEmpty();
        assertThat(blamed()).isZero();
    }

    @Test
    void cuts_the_newline_off_a_key() throws Exception {
        var settings = environment.settings();
        settings.put("OPENAI_API_KEY", "sk-test\n");

        var ended = Program.run(settings, "run", "triage");

        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(environment.model().requests()).isOne();
        assertThat(blamed()).isZero();
    }

    @Test
    void reads_secrets_from_files() throws Exception {
        var settings = environment.settings();
        for (var name : new String[] {"OPENAI_API_KEY", "DATABASE_URL"}) {
            var file = Files.writeString(folder.resolve(name), settings.remove(name) + "\n");
            settings.put(name + "_FILE", file.toString());
        }

        assertThat(Program.run(settings, "run", "triage").exitCode()).isZero();
    }

    @Test
    void names_each_variable_with_a_wrong_address_or_file_and_a_key_in_quotes() throws Exception {
        var settings = environment.settings(Map.of(
                "OPENAI_API_KEY", "\"sk-canary\"",
                "OPENAI_BASE_URL", "localhost:8080",
                "OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4318",
                "HEALTHCHECKS_PING_URL", "hc-ping.com/canary",
                "HTTPS_PROXY", "socks5://proxy.test",
                "SSL_CERT_FILE", "/nowhere.pem",
                "DATABASE_URL", "db.test:5432/app",
                "DATABASE_PASSWORD_FILE", "/nowhere"));

        assertRefused(
                settings,
                "OPENAI_API_KEY is in quotes: write the value without them",
                "OPENAI_BASE_URL is not a web address: write one such as https://",
                "OTEL_EXPORTER_OTLP_ENDPOINT is not a web address",
                "HEALTHCHECKS_PING_URL is not a web address",
                "HTTPS_PROXY is not the address of an HTTP proxy",
                "SSL_CERT_FILE cannot be read: /nowhere.pem",
                "DATABASE_URL cannot be read",
                "DATABASE_PASSWORD_FILE cannot be read: /nowhere. Set it to a file that holds the secret and nothing else");
        assertThat(environment.model().requests()).isZero();
    }

    @Test
    void names_a_database_host_that_does_not_exist_and_a_base_url_without_its_version() throws Exception {
        secure.stubFor(get(urlPathEqualTo("/v1/models")).willReturn(okJson("{\"data\": []}")));
        var server = "http://localhost:" + secure.port();
        var settings = environment.settings(
                Map.of("OPENAI_BASE_URL", server, "DATABASE_URL", "postgres://u:p@db.invalid/app"));

        assertRefused(
                settings,
                "the server answers at %s/v1".formatted(server),
                "DATABASE_URL: there is no host named db.invalid");
    }

    @Test
    void tells_a_wrong_password_of_the_database_from_an_outage() throws Exception {
        var settings = environment.settings();
        settings.computeIfPresent("DATABASE_URL", (name, url) -> url.replaceFirst("/[a-z0-9_]+\\?", "/nowhere?"));
        settings.put("DRYDOCK_MODE", "lve");

        assertRefused(settings, "Correct the user, the password or the database's name", "DRYDOCK_MODE");
    }

    @Test
    void ends_with_one_line_where_the_port_is_in_use() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0"))) {
            var settings = environment.settings();
            settings.put("PORT", String.valueOf(taken.getLocalPort()));

            var ended = Program.run(settings, "serve");

            assertThat(ended.exitCode()).isEqualTo(2);
            assertThat(ended.err())
                    .contains("port " + taken.getLocalPort() + " is in use")
                    .doesNotContain("\tat ");
        }
    }

    private void assertRefused(Map<String, String> settings, String... messages) throws Exception {
        var ended = Program.run(settings, "run", "triage");

        assertThat(ended.exitCode()).as(ended.err()).isEqualTo(2);
        assertThat(ended.err()).contains(messages).doesNotContain("canary", "\tat ");
        assertThat(environment.count("entry")).isZero();
    }

    /** Entries that an attempt was counted against. */
    private int blamed() throws Exception {
        return environment.count("entry where attempts > 0");
    }

    private Map<String, String> behindProxy() {
        var settings = new HashMap<>(environment.settings());
        settings.put("OPENAI_BASE_URL", "https://" + HOST + "/v1");
        settings.put("HTTPS_PROXY", "http://me:p%40ss@127.0.0.1:" + proxy.port());
        settings.put("SSL_CERT_FILE", folder.resolve("authority.pem").toString());
        settings.put("quarkus.fault-tolerance.\"dev.drydock.run.DecideStage/decide\".retry.max-retries", "0");
        return settings;
    }

    private static void keytool(String options) throws IOException, InterruptedException {
        var tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var made = new ProcessBuilder((tool + " " + options).split(" "))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        assertThat(made).isZero();
    }
}
