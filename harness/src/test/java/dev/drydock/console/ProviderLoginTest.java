package dev.drydock.console;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import dev.drydock.FreePort;
import dev.drydock.TestSettings;
import dev.drydock.http.HttpClients;
import dev.drydock.journal.AuditLog;
import dev.drydock.journal.AuditLog.Action;
import dev.drydock.journal.AuditLog.Event;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The login by a real provider of OpenID Connect, which lets everybody in and says of them what a test wants. */
@QuarkusTest
class ProviderLoginTest {

    private static final String TOKEN = "a token for tests";

    /** The provider's certificate is of an authority that only SSL_CERT_FILE names. */
    @TempDir
    static Path folder;

    private static MockOAuth2Server provider;
    private static HttpClients clients;

    @Inject
    TlsConfigurationRegistry tls;

    @Inject
    AuditLog audit;

    private final CookieManager cookies = new CookieManager();
    private final HttpClient browser =
            browser().cookieHandler(cookies).followRedirects(Redirect.ALWAYS).build();

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        keytool("-genkeypair -alias server -keyalg RSA -storetype PKCS12 -storepass secret -dname CN=login"
                + " -ext san=dns:localhost -keystore server.p12");
        keytool("-exportcert -rfc -alias server -storepass secret -keystore server.p12 -file authority.pem");
        provider = new MockOAuth2Server(OAuth2Config.Companion.fromJson("""
                {"httpServer": {"type": "MockWebServerWrapper", "ssl":
                 {"keystoreFile": "%s", "keyPassword": "secret", "keystorePassword": "secret", "keystoreType": "PKCS12"}}}""".formatted(folder.resolve("server.p12"))));
        provider.start();
        clients = new HttpClients(TestSettings.of(Map.of(
                "drydock.network.cert-file", folder.resolve("authority.pem").toString())));
    }

    private static void keytool(String options) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(options.split(" ")));
        var ended = new ProcessBuilder(command)
                .directory(folder.toFile())
                .inheritIO()
                .start()
                .waitFor();
        assertThat(ended).isZero();
    }

    private static HttpClient.Builder browser() {
        return HttpClient.newBuilder()
                .sslContext(clients.certificates().orElseThrow().context());
    }

    @AfterAll
    static void stop() {
        provider.shutdown();
    }

    @BeforeEach
    void set_the_provider_and_the_token() {
        var token = new LoginTest.Fixed(TOKEN);
        QuarkusMock.installMockForType(token, AdminToken.class);
        useProvider(provider.issuerUrl("drydock").toString());
    }

    private void useProvider(String issuer) {
        use(Map.of(
                "drydock.oidc.issuer", issuer,
                "drydock.oidc.client-id", "night-owl",
                "drydock.oidc.client-secret", "short",
                "drydock.oidc.roles-claim", "app/roles"));
    }

    private void use(Map<String, String> settings) {
        var config = TestSettings.of(settings);
        QuarkusMock.installMockForType(
                new IdentityProvider(() -> config, () -> clients, () -> tls, new LoginTest.Fixed(TOKEN)),
                IdentityProvider.class);
    }

    @Test
    void leads_through_the_provider_to_the_page_that_was_asked_for() throws Exception {
        knows("ann@example.com", 3_600, "approver", "viewer");

        var runs = get("/login/oidc?to=/runs");

        assertThat(runs.statusCode()).isEqualTo(200);
        assertThat(runs.uri().getPath()).isEqualTo("/runs");
        assertThat(runs.body()).contains("Log out ann@example.com<");
        assertThat(post("/runs/" + UUID.randomUUID() + "/reject", runs).statusCode())
                .isEqualTo(409);
        assertThat(cookies.getCookieStore().getCookies())
                .as("Quarkus' own session has ended")
                .extracting(HttpCookie::getName)
                .containsExactly(Session.COOKIE);
        assertThat(lastLogin()).satisfies(event -> {
            assertThat(event.action()).isEqualTo(Action.LOGGED_IN);
            assertThat(event.actor().name()).isEqualTo("ann@example.com");
            assertThat(event.detail()).contains("subject of ann@example.com", "localhost");
        });
    }

    @Test
    void sends_a_challenge_that_only_this_browser_can_answer() throws Exception {
        var stops = browser().build();

        var sent = stops.send(request("/login/oidc?to=/runs").build(), BodyHandlers.ofString());

        assertThat(sent.headers().firstValue("Location").orElseThrow())
                .startsWith(provider.authorizationEndpointUrl("drydock").toString())
                .contains("code_challenge_method=S256", "code_challenge=", "nonce=", "state=", "client_id=night-owl");
        assertThat(sent.headers().allValues("Set-Cookie"))
                .singleElement()
                .asString()
                .contains("Path=/login", "HTTPOnly", "SameSite=Lax");
    }

    @Test
    void lets_a_viewer_read_and_log_out_but_change_nothing() throws Exception {
        knows("vic@example.com", 3_600, "viewer", "admin");
        var home = get("/login/oidc");

        assertThat(home.body()).contains("Log out vic@example.com (viewer)");
        var refused = post("/runs/" + UUID.randomUUID() + "/reject", home);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("your role is viewer");
        assertThat(post("/logout", home).uri().getPath()).isEqualTo("/login");
        assertThat(get("/").statusCode()).isEqualTo(401);
    }

    @Test
    void refuses_whoever_has_no_role() throws Exception {
        knows("eve@example.com", 3_600, "approvers");

        var refused = get("/login/oidc");

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body())
                .contains("You are logged in as eve@example.com", "neither the role viewer nor approver");
        assertThat(lastLogin().action()).isEqualTo(Action.LOGIN_REFUSED);
        assertThat(get("/").statusCode()).isEqualTo(401);
    }

    @Test
    void refuses_an_answer_to_another_request() throws Exception {
        var stops = browser().cookieHandler(cookies).build();
        stops.send(request("/login/oidc").build(), BodyHandlers.ofString());

        var forged = get("/login/oidc?code=abc&state=" + UUID.randomUUID());

        assertThat(forged.statusCode()).isEqualTo(403);
        assertThat(forged.body()).contains("The login was refused");
        assertThat(get("/").statusCode()).isEqualTo(401);
    }

    @Test
    void refuses_an_expired_token() throws Exception {
        knows("ann@example.com", -3_600, "approver");

        var refused = get("/login/oidc");

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("The login was refused").doesNotContain("ann@example.com");
        assertThat(get("/").statusCode()).isEqualTo(401);
    }

    @Test
    void names_the_setting_and_the_reason_while_the_provider_is_unavailable() throws Exception {
        useProvider("http://localhost:%d/drydock".formatted(FreePort.find()));

        var page = get("/login/oidc?to=/runs");

        assertThat(page.statusCode()).isEqualTo(503);
        assertThat(page.body()).contains("localhost (OIDC_ISSUER) is unavailable: connection failed", "Try again");
        given().get("/login/oidc").then().statusCode(503).body("detail", containsString("OIDC_ISSUER"));
        assertThat(get("/").body()).as("the other way").contains("Admin token");
    }

    @Test
    void says_what_to_set_where_no_provider_is() throws Exception {
        use(Map.of());

        var page = get("/login/oidc");

        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.body()).contains("There is no login by OpenID Connect: set OIDC_ISSUER, OIDC_CLIENT_ID");
        given().get("/login/oidc").then().statusCode(404).body("detail", containsString("set OIDC_ISSUER"));
    }

    @Test
    void still_takes_the_admin_token() throws Exception {
        assertThat(get("/runs?outcome=failed").body())
                .contains("Log in by localhost", "href=\"/login/oidc?to=%2Fruns%3Foutcome%3Dfailed\"", "Admin token");
        given().header("Authorization", "Bearer " + TOKEN)
                .get("/api/runs")
                .then()
                .statusCode(200);
        given().redirects()
                .follow(false)
                .formParam("name", "ann@example.com")
                .formParam("token", TOKEN)
                .post("/login")
                .then()
                .statusCode(303);

        assertThat(lastLogin().actor().name()).isEqualTo("ann@example.com (admin token)");
    }

    private static void knows(String name, long seconds, String... roles) {
        provider.enqueueCallback(new DefaultOAuth2TokenCallback(
                "drydock",
                "subject of " + name,
                "JWT",
                List.of("night-owl"),
                Map.of("preferred_username", name, "app", Map.of("roles", List.of(roles))),
                seconds));
    }

    private Event lastLogin() {
        return audit.page(null, 20).stream()
                .filter(event -> event.action() == Action.LOGGED_IN || event.action() == Action.LOGIN_REFUSED)
                .findFirst()
                .orElseThrow();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return browser.send(request(path).build(), BodyHandlers.ofString());
    }

    /** A form of a page. */
    private HttpResponse<String> post(String path, HttpResponse<String> from) throws IOException, InterruptedException {
        var token = Jsoup.parse(from.body()).select("input[name=csrf]").attr("value");
        return browser.send(
                request(path)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("csrf=" + token))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(RestAssured.baseURI + ":" + RestAssured.port + path))
                .header("Accept", "text/html");
    }
}
