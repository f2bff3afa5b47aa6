package dev.drydock.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.TestSettings;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoProxyTest {

    @ParameterizedTest
    @CsvSource({
        "example.com, https://example.com/v1",
        "example.com, https://api.example.com/v1",
        ".example.com, https://api.example.com/v1",
        "*.example.com, https://api.example.com/v1",
        "EXAMPLE.com, https://API.Example.COM/v1",
        "'a.test, example.com', https://example.com",
        "'a.test example.com', https://example.com",
        "example.com:8443, https://example.com:8443",
        "example.com:443, https://example.com",
        "10.1.2.3, http://10.1.2.3:8000/v1",
        "10.0.0.0/8, http://10.1.2.3",
        "192.168.4.0/22, http://192.168.7.255",
        "fd00::/8, http://[fd12::1]:8080",
        "[fd12::1]:8080, http://[fd12::1]:8080",
        "fd12::1, http://[fd12::1]:8080",
        "*, https://anything.test",
        "'', http://localhost:8080/v1",
        "'', http://127.0.0.2:8080/v1",
        "'', http://[::1]:8080/v1",
    })
    void reaches_without_a_proxy(String list, URI address) {
        assertThat(new NoProxy(list)).accepts(address);
    }

    @ParameterizedTest
    @CsvSource({
        "example.com, https://notexample.com",
        "example.com, https://example.com.evil.test",
        "api.example.com, https://example.com",
        "example.com:8443, https://example.com",
        "10.0.0.0/8, http://11.0.0.1",
        "10.0.0.0/8, http://ten.test",
        "192.168.4.0/22, http://192.168.8.0",
        "'', https://api.openai.com/v1",
        "',,', https://api.openai.com/v1",
    })
    void reaches_through_a_proxy(String list, URI address) {
        assertThat(new NoProxy(list)).rejects(address);
    }

    @Test
    void selects_the_proxy_by_the_scheme_and_sends_it_the_decoded_password() {
        var proxies = new Proxies(TestSettings.of(Map.of(
                        "HTTPS_PROXY", "http://me:p%40ss+word@secure.test:3128", "HTTP_PROXY", "plain.test:8080"))
                .network());

        assertThat(proxies.select(URI.create("https://api.test"))).containsExactly(proxy("secure.test", 3128));
        assertThat(proxies.select(URI.create("http://api.test"))).containsExactly(proxy("plain.test", 8080));
        assertThat(proxies.select(URI.create("http://localhost"))).containsExactly(Proxy.NO_PROXY);
        assertThat(proxies.authorization(URI.create("https://api.test"))).contains("Basic bWU6cEBzcyt3b3Jk");
        assertThat(proxies.authorization(URI.create("http://api.test"))).isEmpty();
        assertThat(proxies.authorization(URI.create("https://localhost"))).isEmpty();
    }

    private static Proxy proxy(String host, int port) {
        return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(host, port));
    }
}
