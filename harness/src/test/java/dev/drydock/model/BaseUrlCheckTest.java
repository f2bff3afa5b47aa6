package dev.drydock.model;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.drydock.TestSettings;
import dev.drydock.http.HttpClients;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a server whose models are listed below {@code /v1}. */
class BaseUrlCheckTest {

    private static final WireMockServer SERVER = new WireMockServer(
            WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());

    @BeforeAll
    static void start() {
        SERVER.start();
        SERVER.stubFor(get(urlPathEqualTo("/v1/models")).willReturn(okJson("{\"data\": []}")));
    }

    @AfterAll
    static void stop() {
        SERVER.stop();
    }

    @ParameterizedTest
    @CsvSource({"/v1/chat/completions, write %s/v1", "'', the server answers at %s/v1", "/, the server answers at %s/v1"
    })
    void says_what_to_write_instead(String path, String remedy) {
        assertThat(advice(path)).get().asString().contains(remedy.formatted(SERVER.baseUrl()));
    }

    @Test
    void has_no_advice_for_an_address_that_looks_right() {
        assertThat(advice("/v1")).isEmpty();
    }

    private static Optional<String> advice(String path) {
        var settings = TestSettings.of(Map.of("drydock.model.base-url", SERVER.baseUrl() + path));
        return new BaseUrlCheck(settings.model(), new HttpClients(settings)).advice();
    }
}
