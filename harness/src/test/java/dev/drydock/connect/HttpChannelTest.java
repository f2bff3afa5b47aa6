package dev.drydock.connect;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.created;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.temporaryRedirect;
import static com.github.tomakehurst.wiremock.client.WireMock.unauthorized;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.drydock.agent.DeliveryKey;
import dev.drydock.agent.UndeliverableException;
import dev.drydock.http.TokenEndpoint;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class HttpChannelTest {

    private static final DeliveryKey KEY = DeliveryKey.of("tickets", "a", "1");

    private final WireMockServer api = new WireMockServer(
            WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());

    @Inject
    HttpChannels configured;

    @Inject
    Sources sources;

    record Invoice(String number, BigDecimal total) {}

    @BeforeEach
    void start() {
        api.start();
        api.stubFor(put(anyUrl()).willReturn(created()));
    }

    @AfterEach
    void stop() {
        api.stop();
    }

    @Test
    void puts_json_to_the_place_of_its_id_with_the_key() throws Exception {
        var receipt = channel(Map.of()).put("A 7/../é", new Invoice("A-7", new BigDecimal("12.50")), KEY);

        assertThat(receipt.reference()).isEqualTo("tickets: 201 /A%207%2F..%2F%C3%A9");
        api.verify(putRequestedFor(urlEqualTo("/v1/A%207%2F..%2F%C3%A9"))
                .withHeader("Idempotency-Key", equalTo(KEY.value()))
                .withHeader("Content-Type", equalTo("application/json"))
                .withRequestBody(equalToJson("{\"number\": \"A-7\", \"total\": 12.50}")));
    }

    @Test
    void brings_a_token_and_replaces_one_that_is_refused() throws Exception {
        try (var tokens = new TokenEndpoint()) {
            api.stubFor(put(anyUrl())
                    .inScenario("token")
                    .whenScenarioStateIs(Scenario.STARTED)
                    .willSetStateTo("replaced")
                    .willReturn(unauthorized()));
            api.stubFor(put(anyUrl())
                    .inScenario("token")
                    .whenScenarioStateIs("replaced")
                    .willReturn(created()));

            channel(Map.of("oauth.token-url", tokens.url())).put("a", Map.of(), KEY);

            assertThat(api.getAllServeEvents())
                    .extracting(event -> event.getRequest().getHeader("Authorization"))
                    .hasSize(2)
                    .doesNotHaveDuplicates()
                    .allMatch(header -> header.matches("Bearer [\\w.-]+"));
            api.verify(2, putRequestedFor(anyUrl()).withHeader("Idempotency-Key", matching(KEY.value())));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 422})
    void says_of_a_refusal_that_there_is_no_use_in_trying_again(int status) {
        api.stubFor(put(anyUrl()).willReturn(aResponse().withStatus(status).withBody("private")));

        assertThatThrownBy(() -> channel(Map.of()).put("a", Map.of(), KEY))
                .isInstanceOf(UndeliverableException.class)
                .hasMessage("tickets answered " + status);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 409, 429, 500, 503})
    void tells_it_from_what_passes(int status) {
        api.stubFor(put(anyUrl()).willReturn(aResponse().withStatus(status)));

        assertThatThrownBy(() -> channel(Map.of()).put("a", Map.of(), KEY))
                .isInstanceOf(IOException.class)
                .hasMessage("tickets answered " + status);
    }

    @Test
    void sends_nothing_after_a_redirect() {
        api.stubFor(put(urlEqualTo("/v1/a")).willReturn(temporaryRedirect("/v2/a")));

        assertThatThrownBy(() -> channel(Map.of()).put("a", Map.of(), KEY)).isInstanceOf(UndeliverableException.class);
        api.verify(1, putRequestedFor(anyUrl()));
    }

    @Test
    void is_off_where_no_address_is_set() {
        var ghost = configured.named("ghost");

        assertThat(channel(Map.of()).isOn()).isTrue();
        assertThat(ghost.isOn()).isFalse();
        assertThatThrownBy(() -> ghost.put("a", Map.of(), KEY)).hasMessage("drydock.http.ghost.url is not set");
    }

    private HttpChannel channel(Map<String, String> settings) {
        var all = new HashMap<>(Map.of("url", api.baseUrl() + "/v1/"));
        all.putAll(settings);
        return sources.ticketsChannel(all);
    }
}
