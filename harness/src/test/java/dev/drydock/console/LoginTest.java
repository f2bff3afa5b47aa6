package dev.drydock.console;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import dev.drydock.NoteAgent;
import dev.drydock.agent.Mode;
import dev.drydock.journal.AuditLog;
import dev.drydock.journal.AuditLog.Action;
import dev.drydock.journal.AuditLog.Via;
import dev.drydock.journal.EntryState;
import dev.drydock.journal.JournalQueries;
import dev.drydock.run.AgentRunner;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may see and change what, and what is recorded of it. */
@QuarkusTest
class LoginTest {

    private static final String TOKEN = "a token for tests";

    /** As if DRYDOCK_ADMIN_TOKEN had this value. */
    static final class Fixed extends AdminToken {

        private final String token;

        Fixed(String token) {
            super(() -> {
                throw new AssertionError("not read");
            });
            this.token = token;
        }

        @Override
        public Optional<String> value() {
            return Optional.of(token);
        }

        @Override
        Optional<String> clientSecret() {
            return Optional.empty();
        }
    }

    @Inject
    AuditLog audit;

    @Inject
    AgentRunner runner;

    @Inject
    JournalQueries journal;

    @BeforeEach
    void setTheToken() {
        QuarkusMock.installMockForType(new Fixed(TOKEN), AdminToken.class);
    }

    @Test
    void asks_a_browser_to_log_in_and_anything_else_for_the_token() {
        var page = given().header("Accept", "text/html").get("/runs?outcome=failed");
        assertThat(page.statusCode()).isEqualTo(401);
        assertThat(Jsoup.parse(page.asString()).select("input[name=to]").attr("value"))
                .isEqualTo("/runs?outcome=failed");
        given().get("/api/runs").then().statusCode(401).body("detail", containsString("DRYDOCK_ADMIN_TOKEN"));
        given().auth().preemptive().basic("me", TOKEN).get("/").then().statusCode(401);
        given().header("Authorization", "Bearer " + TOKEN).get("/").then().statusCode(200);
    }

    @Test
    void keeps_the_login_in_a_cookie_that_no_script_reads_and_no_other_site_sends() {
        var answer = logIn("Ann", TOKEN, "/runs");

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.header("Location")).endsWith("/runs");
        assertThat(answer.header("Set-Cookie"))
                .contains("HttpOnly", "SameSite=Strict", "Max-Age=")
                .doesNotContain("Secure");
        given().cookie(Session.COOKIE, answer.cookie(Session.COOKIE))
                .get("/")
                .then()
                .statusCode(200)
                .body(containsString("Log out Ann"));
        assertThat(audit.page(null, 1).get(0).action()).isEqualTo(Action.LOGGED_IN);
    }

    @Test
    void sends_the_cookie_over_https_only_where_the_browser_came_by_https() {
        var answer = given().header("X-Forwarded-Proto", "https")
                .redirects()
                .follow(false)
                .formParam("name", "Ann")
                .formParam("token", TOKEN)
                .post("/login");

        assertThat(answer.header("Set-Cookie")).contains("Secure");
    }

    @Test
    void loads_a_page_again_that_a_link_of_another_site_led_to() {
        given().header("Accept", "text/html")
                .header("Sec-Fetch-Site", "cross-site")
                .get("/runs")
                .then()
                .body(containsString("http-equiv=\"refresh\""))
                .body(not(containsString("name=\"token\"")));
    }

    @Test
    void another_token_ends_all_sessions() {
        var cookie = logIn("Ann", TOKEN, "/").cookie(Session.COOKIE);
        QuarkusMock.installMockForType(new Fixed("another"), AdminToken.class);

        given().cookie(Session.COOKIE, cookie).get("/").then().statusCode(401);
    }

    @Test
    void takes_no_changed_cookie() {
        var cookie = logIn("Ann", TOKEN, "/").cookie(Session.COOKIE);

        for (var changed : new String[] {"9" + cookie, cookie + "x", "x", ".", ""}) {
            given().cookie(Session.COOKIE, changed).get("/").then().statusCode(401);
        }
    }

    @Test
    void refuses_a_form_without_the_token_of_its_session() {
        var cookie = logIn("Ann", TOKEN, "/").cookie(Session.COOKIE);
        var path = "/runs/" + UUID.randomUUID() + "/reject";

        given().cookie(Session.COOKIE, cookie)
                .post(path)
                .then()
                .statusCode(403)
                .body("detail", containsString("Load its page again"));
        given().cookie(Session.COOKIE, cookie).post("/api" + path).then().statusCode(403);
        var token = Jsoup.parse(given().cookie(Session.COOKIE, cookie).get("/").asString())
                .select("input[name=csrf]")
                .attr("value");
        given().cookie(Session.COOKIE, cookie)
                .formParam("csrf", token)
                .post(path)
                .then()
                .statusCode(409);
        given().cookie(Session.COOKIE, logIn("Ben", TOKEN, "/").cookie(Session.COOKIE))
                .formParam("csrf", token)
                .post(path)
                .then()
                .statusCode(403);
    }

    @Test
    void limits_and_records_wrong_tokens() {
        var address = "192.0.2.7";
        for (int attempt = 0; attempt < AttemptLimit.Kind.LOGIN.fromOneAddress(); attempt++) {
            assertThat(logInFrom(address, "wrong").statusCode()).isEqualTo(403);
        }

        var blocked = logInFrom(address, TOKEN);
        assertThat(blocked.statusCode()).isEqualTo(429);
        assertThat(blocked.header("Retry-After")).isNotNull();
        assertThat(logInFrom("198.51.100.1", TOKEN).statusCode()).isEqualTo(303);
        assertThat(audit.page(null, 10))
                .filteredOn(event -> event.action() == Action.LOGIN_REFUSED)
                .first()
                .satisfies(event -> assertThat(event.detail()).contains(address));
    }

    @Test
    void limits_and_records_wrong_bearer_tokens_but_not_those_of_others() {
        var address = "192.0.2.8";
        for (int attempt = 0; attempt < AttemptLimit.Kind.BEARER_TOKEN.fromOneAddress(); attempt++) {
            assertThat(withToken("wrong", address).statusCode()).isEqualTo(401);
        }

        var blocked = withToken(TOKEN, address);
        assertThat(blocked.statusCode()).isEqualTo(429);
        assertThat(blocked.header("Retry-After")).isNotNull();
        for (int other = 0; other < AttemptLimit.Kind.BEARER_TOKEN.inAll(); other++) {
            withToken("wrong", "203.0.113." + other);
        }
        assertThat(withToken("wrong", "198.51.100.2").statusCode()).isEqualTo(401);
        assertThat(withToken(TOKEN, "198.51.100.2").statusCode())
                .as("the right token from where no wrong one came")
                .isEqualTo(200);
        assertThat(logInFrom("198.51.100.3", TOKEN).statusCode()).as("a login").isEqualTo(303);
        assertThat(audit.page(null, 100))
                .filteredOn(event -> event.action() == Action.LOGIN_REFUSED
                        && event.actor().via() == Via.API
                        && String.valueOf(event.detail()).endsWith(address))
                .hasSize(AttemptLimit.Kind.BEARER_TOKEN.fromOneAddress());
    }

    @Test
    void sends_nobody_to_another_site() {
        for (var to :
                new String[] {"//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"}) {
            assertThat(logIn("Ann", TOKEN, to).header("Location"))
                    .as(to)
                    .endsWith("/")
                    .doesNotContain("evil");
        }
    }

    @Test
    void records_who_approved_and_tells_the_second_who_was_first() {
        var agent = new NoteAgent("a");
        runner.run(agent.in(Mode.REVIEW));
        var id = journal.entries(agent.spec().name(), EntryState.HELD, 1).get(0).id();

        withToken("/api/entries/" + id + "/approve").then().statusCode(200);

        withToken("/api/entries/" + id + "/approve")
                .then()
                .statusCode(409)
                .body("detail", containsString("The API token approved it at 20"));
        assertThat(audit.ofEntry(id)).singleElement().satisfies(event -> {
            assertThat(event.actor().via()).isEqualTo(Via.API);
            assertThat(event.action()).isEqualTo(Action.APPROVED);
        });
    }

    private static Response withToken(String path) {
        return given().header("Authorization", "Bearer " + TOKEN).post(path);
    }

    private static Response withToken(String token, String address) {
        return given().header("Authorization", "Bearer " + token)
                .header("X-Forwarded-For", address)
                .get("/api/runs");
    }

    private static Response logIn(String name, String token, String to) {
        return given().redirects()
                .follow(false)
                .formParam("name", name)
                .formParam("token", token)
                .formParam("to", to)
                .post("/login");
    }

    private static Response logInFrom(String address, String token) {
        return given().header("X-Forwarded-For", "10.0.0.1, " + address)
                .redirects()
                .follow(false)
                .formParam("name", "Mallory")
                .formParam("token", token)
                .post("/login");
    }
}
