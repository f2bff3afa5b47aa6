package dev.drydock.console;

import dev.drydock.http.TrustedCertificates;
import io.quarkus.tls.BaseTlsConfiguration;
import io.vertx.core.net.TrustOptions;
import javax.net.ssl.SSLContext;

/** The certificates in {@code SSL_CERT_FILE}, for Quarkus' HTTP client. */
final class ProviderTrust extends BaseTlsConfiguration {

    private final TrustedCertificates trusted;

    ProviderTrust(TrustedCertificates trusted) {
        this.trusted = trusted;
    }

    @Override
    public TrustOptions getTrustStoreOptions() {
        return TrustOptions.wrap(trusted.trustManager());
    }

    @Override
    public SSLContext createSSLContext() {
        return trusted.context();
    }
}
