package dev.drydock.config;

import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** How outgoing requests leave the network. */
public interface NetworkSettings {

    /** The proxy for https addresses: {@code http://user:password@host:port}. */
    @WithDefault("${HTTPS_PROXY:${https_proxy:}}")
    Optional<@WithConverter(Converters.ProxyAddress.class) URI> httpsProxy();

    /** The proxy for http addresses. */
    @WithDefault("${HTTP_PROXY:${http_proxy:}}")
    Optional<@WithConverter(Converters.ProxyAddress.class) URI> httpProxy();

    /** Which hosts are reached without a proxy: names, domains, IP addresses, networks; separated by commas. */
    @WithDefault("${NO_PROXY:${no_proxy:}}")
    Optional<String> noProxy();

    /** A file of certificates (PEM) to trust, besides those of the Java runtime. */
    @WithDefault("${SSL_CERT_FILE:}")
    Optional<Path> certFile();
}
