package dev.drydock.http;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.TestSettings;
import dev.drydock.config.SettingsException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrustedCertificatesTest {

    @ParameterizedTest
    @CsvSource({
        "/nowhere.pem, SSL_CERT_FILE cannot be read: /nowhere.pem",
        "/etc/hostname, SSL_CERT_FILE: /etc/hostname contains no certificate in PEM format"
    })
    void names_what_is_wrong_with_the_file(String file, String message) {
        var settings = TestSettings.ofEnvironment(Map.of("SSL_CERT_FILE", file));

        assertThatThrownBy(() -> new HttpClients(settings))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(message);
    }
}
