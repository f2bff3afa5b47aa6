package dev.drydock.blackbox;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The serving program in live mode: API, page, health, and one delivery for each message. */
@QuarkusIntegrationTest
@QuarkusTestResource(value = LiveIT.Production.class, restrictToAnnotatedClass = true)
class LiveIT {

    private static final TestEnvironment ENVIRONMENT = new TestEnvironment();

    @Test
    void delivers_each_new_message_exactly_once() throws Exception {
        ENVIRONMENT.put("one.txt", "The export fails.");
        ENVIRONMENT.put("two.txt", "The import fails.");
        await().atMost(Duration.ofMinutes(2)).until(() -> ENVIRONMENT.delivered() == 2);
        ENVIRONMENT.put("three.txt", "The report fails.");
        await().atMost(Duration.ofMinutes(2)).until(() -> ENVIRONMENT.delivered() == 3);

        await().atMost(Duration.ofMinutes(2))
                .until(() -> ENVIRONMENT.count("entry where state = 'DELIVERED'") == 3
                        && ENVIRONMENT
                                .ask("select coalesce(sum(tokens_in), 0) from run")
                                .equals("300"));

        for (int cycle = 0; cycle < 2; cycle++) {
            authorized().post("/api/agents/triage/runs");
        }

        authorized()
                .get("/api/entries")
                .then()
                .statusCode(200)
                .body("state", everyItem(is("DELIVERED")))
                .body("label", everyItem(is("BUG")))
                .body("", hasSize(3));
        var id = authorized().get("/api/entries").<String>path("[0].id");
        authorized()
                .get("/api/entries/" + id)
                .then()
                .body("deliveries", hasSize(1))
                .body("deliveries[0].outcome", is("DELIVERED"))
                .body("calls", hasSize(1))
                .body("calls[0].tokensIn", is(100))
                .body("calls[0].request.model", is("gpt-4.1-mini"));
        authorized()
                .get("/api/runs?limit=1000")
                .then()
                .body("tokensIn.sum()", is(300))
                .body("delivered.sum()", is(3));
        assertThat(ENVIRONMENT.delivered()).isEqualTo(3);
    }

    @Test
    void is_closed_to_whoever_has_no_token_but_open_to_health_checks() {
        get("/api/entries").then().statusCode(401).body("detail", containsString("DRYDOCK_ADMIN_TOKEN"));
        given().header("Authorization", "Bearer wrong").get("/").then().statusCode(401);
        var login = given().redirects()
                .follow(false)
                .formParam("name", "me")
                .formParam("token", TestEnvironment.ADMIN_TOKEN)
                .post("/login");
        given().cookies(login.cookies()).get("/").then().statusCode(200).body(containsString("Log out me"));
        given().cookies(login.cookies())
                .post("/runs/" + UUID.randomUUID() + "/reject")
                .then()
                .statusCode(403);
        get("/q/health/live").then().statusCode(200);
        get("/q/health/ready").then().statusCode(200);
    }

    @Test
    void shows_its_page() {
        authorized().get("/").then().statusCode(200).body(containsString("<span class=\"mode live\">LIVE</span>"));
    }

    @Test
    void starts_a_cycle_on_request_or_says_that_one_runs() {
        var answer = authorized().post("/api/agents/triage/runs");

        assertThat(answer.statusCode()).isIn(202, 409);
        assertThat(answer.<String>path(answer.statusCode() == 202 ? "runId" : "detail"))
                .isNotBlank();
        authorized()
                .post("/api/agents/nobody/runs")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("detail", is("There is no agent \"nobody\"."));
    }

    private static RequestSpecification authorized() {
        return given().header("Authorization", "Bearer " + TestEnvironment.ADMIN_TOKEN);
    }

    /** Starts what is around the program before the program. */
    public static final class Production implements QuarkusTestResourceLifecycleManager {

        @Override
        public Map<String, String> start() {
            var settings = ENVIRONMENT.settings();
            settings.put("drydock.mode", "live");
            settings.put("drydock.schedule", "every 1s");
            return settings;
        }

        @Override
        public void stop() {
            try {
                ENVIRONMENT.close();
            } catch (IOException | SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
