package dev.drydock.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drydock.config.NetworkSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The proxy for each address, as {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code NO_PROXY} say. */
public final class Proxies extends ProxySelector {

    private static final int DEFAULT_PORT = 80;

    private final Optional<URI> https;
    private final Optional<URI> http;
    private final NoProxy direct;

    Proxies(NetworkSettings settings) {
        this.https = settings.httpsProxy();
        this.http = settings.httpProxy();
        this.direct = new NoProxy(settings.noProxy().orElse(""));
    }

    @Override
    public List<Proxy> select(URI address) {
        return List.of(proxy(address).map(Proxies::toProxy).orElse(Proxy.NO_PROXY));
    }

    @Override
    public void connectFailed(URI address, SocketAddress proxy, IOException fault) {
        // there is no other proxy to select
    }

    /** The header {@code Proxy-Authorization} for a request; empty without a proxy, or without a user in its address. */
    public Optional<String> authorization(URI address) {
        return proxy(address)
                .map(URI::getRawUserInfo)
                .map(user -> URLDecoder.decode(user.replace("+", "%2B"), UTF_8))
                .map(user -> "Basic " + Base64.getEncoder().encodeToString(user.getBytes(UTF_8)));
    }

    boolean needCredentials() {
        return https.map(URI::getRawUserInfo).isPresent()
                || http.map(URI::getRawUserInfo).isPresent();
    }

    private Optional<URI> proxy(URI address) {
        if (direct.test(address)) {
            return Optional.empty();
        }
        return "https".equalsIgnoreCase(address.getScheme()) ? https : http;
    }

    /** Resolved anew for each connection. */
    private static Proxy toProxy(URI proxy) {
        var port = proxy.getPort() < 0 ? DEFAULT_PORT : proxy.getPort();
        return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.getHost(), port));
    }
}
