package dev.drydock.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drydock.config.SettingsException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The certificates in {@code SSL_CERT_FILE}, together with those of the Java runtime; in a native executable these are the
 * ones of the machine that built it.
 */
public record TrustedCertificates(X509TrustManager trustManager, SSLContext context) {

    /** Tools write comments around them. */
    private static final Pattern PEM = Pattern.compile("-----BEGIN (?:TRUSTED )?CERTIFICATE-----[^-]+-----END");

    private static final Pattern ARMOR = Pattern.compile("-----(BEGIN (?:TRUSTED )?CERTIFICATE-----|END)");

    /**
     * Reads a file, once.
     *
     * @throws SettingsException if it cannot be read or contains no certificate
     */
    static TrustedCertificates of(Path file) {
        try {
            var own = read(file);
            if (own.isEmpty()) {
                throw new SettingsException(
                        "SSL_CERT_FILE: %s contains no certificate in PEM format (-----BEGIN CERTIFICATE-----)"
                                .formatted(file));
            }
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (var usual : trustManager(null).getAcceptedIssuers()) {
                store.setCertificateEntry("usual-" + store.size(), usual);
            }
            for (var certificate : own) {
                store.setCertificateEntry("own-" + store.size(), certificate);
            }
            var trust = trustManager(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trust}, null);
            return new TrustedCertificates(trust, context);
        } catch (IOException e) {
            throw new SettingsException("SSL_CERT_FILE cannot be read: %s".formatted(file));
        } catch (GeneralSecurityException e) {
            throw new SettingsException("SSL_CERT_FILE: a certificate in %s cannot be used: %s"
                    .formatted(file, e.getClass().getSimpleName()));
        }
    }

    private static List<Certificate> read(Path file) throws IOException, GeneralSecurityException {
        var factory = CertificateFactory.getInstance("X.509");
        var certificates = new ArrayList<Certificate>();
        var text = new String(Files.readAllBytes(file), UTF_8);
        for (var pem : PEM.matcher(text).results().map(MatchResult::group).toList()) {
            var base64 = ARMOR.matcher(pem).replaceAll("").getBytes(US_ASCII);
            var der = Base64.getMimeDecoder().decode(base64);
            certificates.add(factory.generateCertificate(new ByteArrayInputStream(der)));
        }
        return certificates;
    }

    /** Of a store; of the Java runtime's, if that is null. */
    private static X509TrustManager trustManager(@Nullable KeyStore store) throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (var manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager found) {
                return found;
            }
        }
        throw new GeneralSecurityException("no X.509 trust manager");
    }
}
