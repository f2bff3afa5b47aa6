package dev.drydock.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.drydock.MovableClock;
import dev.drydock.connect.HttpSource;
import dev.drydock.connect.LogLines;
import dev.drydock.connect.Sources;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An API that wants access tokens, and a server that gives them. */
@QuarkusTest
@Tag("chaos")
class OAuthTest {

    private final WireMockServer api = new WireMockServer(
            WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());
    private final MovableClock clock = new MovableClock();
    private final TokenEndpoint tokens = new TokenEndpoint();

    @Inject
    Sources sources;

    @Inject
    Refusals refusals;

    @BeforeEach
    void start() {
        api.start();
        api.stubFor(any(anyUrl()).atPriority(9).willReturn(okJson("\"fine\"")));
        refusals.events.clear();
    }

    @AfterEach
    void stop() {
        api.stop();
        tokens.close();
    }

    @Test
    void asks_for_a_token_as_the_client_that_it_is_and_keeps_it_until_it_expires() throws Exception {
        var source = source(Map.of("scopes", "read,list", "parameters.audience", "tickets"));

        source.get("a");
        clock.advance(Duration.ofMinutes(59));
        source.get("b");

        assertThat(tokens.requests())
                .singleElement()
                .asString()
                .contains("grant_type=client_credentials", "scope=read+list", "audience=tickets");
        clock.advance(Duration.ofMinutes(2));
        source.get("c");
        assertThat(tokens.requests()).hasSize(1);
        assertThat(tokensSeen()).hasSize(3);
        assertThat(tokensSeen().stream().distinct()).hasSize(2);
    }

    @Test
    void replaces_a_token_that_is_refused_and_tries_again_once() throws Exception {
        var source = source(Map.of());
        source.get("a");
        refuse(tokensSeen().get(0));
        api.resetRequests();

        assertThat(source.get("b")).isEqualTo("\"fine\"");

        assertThat(tokensSeen()).hasSize(2).doesNotHaveDuplicates();
        assertThat(tokens.requests()).hasSize(2);
        assertThat(refusals.events).isEmpty();
    }

    @Test
    void shares_one_new_token_among_requests_that_are_refused_at_the_same_time() throws Exception {
        var source = source(Map.of());
        source.get("a");
        refuse(tokensSeen().get(0));
        api.resetRequests();
        tokens.requests();

        var threads = Executors.newFixedThreadPool(8);
        for (var answer : threads.invokeAll(Collections.nCopies(8, () -> source.get("b")))) {
            assertThat(answer.get()).isEqualTo("\"fine\"");
        }
        threads.shutdown();
        assertThat(tokens.requests()).hasSize(1);
        assertThat(tokensSeen()).hasSizeBetween(9, 16); // who comes late has the new one at once
        assertThat(tokensSeen().stream().distinct()).hasSize(2);
    }

    @Test
    void tells_at_once_that_a_refresh_fails() throws Exception {
        var source = source(Map.of());
        source.get("a");
        refuse(tokensSeen().get(0));
        api.resetRequests();
        tokens.close();

        assertThatThrownBy(() -> source.get("b")).isInstanceOf(CredentialsRefusedException.class);
        assertThat(refusals.events)
                .containsExactly(new CredentialsEvent.Refused(
                        "tickets", "the token server is unavailable: connection failed (ConnectException)"));
        assertThat(tokensSeen()).hasSize(1);
    }

    @Test
    void gives_up_when_a_new_token_is_refused_too() {
        api.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(401)));

        assertThatThrownBy(() -> source(Map.of()).get("a"))
                .isInstanceOf(CredentialsRefusedException.class)
                .hasMessage("API tickets refused access: the API answered 401 to a new token");
        assertThat(tokensSeen()).hasSize(2).doesNotHaveDuplicates();
        assertThat(refusals.events).hasSize(1);
    }

    @Test
    void quotes_no_token_secret_or_answer() {
        api.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(401).withBody("""
                {"error": "invalid_client", "error_description": "%s is a private word"}""".formatted(Sources.SECRET))));
        try (var log = new LogLines()) {
            assertThatThrownBy(() -> source(Map.of()).get("a")).hasNoCause();
            assertThatThrownBy(
                            () -> source(Map.of("token-url", api.url("/token"))).get("b"))
                    .hasMessage("API tickets refused access: the token server answered invalid_client")
                    .hasNoCause();

            assertThat(log.lines).anyMatch(line -> line.contains("invalid_client"));
            assertThat(log.lines)
                    .noneMatch(line -> line.contains(Sources.SECRET) || line.contains("private"))
                    .noneMatch(line -> tokensSeen().stream().anyMatch(line::contains));
        }
    }

    @Test
    void asks_a_token_server_again_that_gave_none() throws Exception {
        var source = source(Map.of("token-url", api.url("/token")));
        api.stubFor(post("/token").willReturn(okJson("{\"access_token\": \"no\\ntoken\"}")));
        assertThatThrownBy(() -> source.get("a")).isInstanceOf(CredentialsRefusedException.class);

        api.stubFor(post("/token").willReturn(okJson("{\"access_token\": \"t1\"}")));
        assertThat(source.get("b")).isEqualTo("\"fine\"");
    }

    @Test
    void trades_its_refresh_token_and_keeps_the_one_it_gets_for_it() throws Exception {
        var source = source(Map.of("refresh-token", "of-a-person", "token-url", api.url("/token")));
        api.stubFor(post("/token")
                .withRequestBody(containing("grant_type=refresh_token"))
                .withRequestBody(containing("refresh_token=of-a-person"))
                .willReturn(okJson("{\"access_token\": \"t1\", \"refresh_token\": \"next\"}")));
        api.stubFor(post("/token")
                .withRequestBody(containing("refresh_token=next"))
                .willReturn(okJson("{\"access_token\": \"t2\"}")));
        refuse("t1");

        assertThat(source.get("a")).isEqualTo("\"fine\"");
        assertThat(tokensSeen()).contains("t1", "t2");
    }

    /** Refuses a token, slowly enough for others to bring it, too. */
    private void refuse(String token) {
        api.stubFor(any(anyUrl())
                .withHeader("Authorization", equalTo("Bearer " + token))
                .willReturn(aResponse().withStatus(401).withFixedDelay(300)));
    }

    /** One for each request to the API. */
    private List<String> tokensSeen() {
        return api.getAllServeEvents().stream()
                .map(event -> event.getRequest().getHeader("Authorization").replace("Bearer ", ""))
                .toList();
    }

    private HttpSource source(Map<String, String> oauth) {
        var settings = new HashMap<>(Map.of("url", api.baseUrl(), "oauth.token-url", tokens.url()));
        oauth.forEach((name, value) -> settings.put("oauth." + name, value));
        return sources.tickets(settings, clock);
    }
}
