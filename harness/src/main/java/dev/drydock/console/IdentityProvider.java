package dev.drydock.console;

import dev.drydock.config.DrydockConfig;
import dev.drydock.config.OidcSettings;
import dev.drydock.console.Session.Role;
import dev.drydock.http.HttpClients;
import io.quarkus.oidc.OIDCException;
import io.quarkus.oidc.OidcRequestContext;
import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.OidcTenantConfigBuilder;
import io.quarkus.oidc.TenantConfigResolver;
import io.quarkus.oidc.runtime.OidcTenantConfig.ApplicationType;
import io.quarkus.oidc.runtime.OidcTenantConfig.TokenStateManager.Strategy;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Provider;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The provider of OpenID Connect by which people log in to the page, where {@code OIDC_*} is set. It is not asked before somebody
 * logs in. Only the login uses it: the session is {@link Session}.
 */
@ApplicationScoped
public class IdentityProvider implements TenantConfigResolver {

    /** What the provider says of somebody who has logged in there. */
    public record Person(String name, String subject, Optional<Role> role) {

        /** With the highest of the roles, whose other names mean nothing here. */
        public static Person of(String name, String subject, Collection<String> roles) {
            var role = roles.contains("approver") ? Role.APPROVER : roles.contains("viewer") ? Role.VIEWER : null;
            return new Person(name, subject, Optional.ofNullable(role));
        }
    }

    private static final String NAME = "page";
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** Asked at each request: filters are made before settings can be read. */
    private final Provider<DrydockConfig> config;

    private final Provider<HttpClients> clients;
    private final Provider<TlsConfigurationRegistry> tls;
    private final AdminToken key;

    private volatile @Nullable OidcTenantConfig made;

    IdentityProvider(
            Provider<DrydockConfig> config,
            Provider<HttpClients> clients,
            Provider<TlsConfigurationRegistry> tls,
            AdminToken key) {
        this.config = config;
        this.clients = clients;
        this.tls = tls;
        this.key = key;
    }

    /** Whether people can log in by it. */
    public boolean isOn() {
        return issuer().isPresent();
    }

    /** The name under which people know it. */
    public Optional<String> host() {
        return issuer().map(URI::getHost);
    }

    /** The variables that must be set to have it; empty if it is on. */
    List<String> missing() {
        var settings = settings();
        return Stream.of(
                        Map.entry("OIDC_ISSUER", settings.issuer()),
                        Map.entry("OIDC_CLIENT_ID", settings.clientId()),
                        Map.entry("OIDC_CLIENT_SECRET", settings.clientSecret()))
                .filter(setting -> setting.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
    }

    private Optional<URI> issuer() {
        var settings = settings();
        return settings.issuer()
                .filter(issuer -> settings.clientId().isPresent()
                        && settings.clientSecret().isPresent());
    }

    private OidcSettings settings() {
        return config.get().oidc();
    }

    @Override
    public Uni<OidcTenantConfig> resolve(RoutingContext request, OidcRequestContext<OidcTenantConfig> context) {
        var known = made;
        return known == null && isOn()
                ? context.runBlocking(() -> issuer().map(this::found).orElse(null))
                : Uni.createFrom().item(known);
    }

    /** If the provider is unavailable, Quarkus answers 401 without a reason. */
    private OidcTenantConfig found(URI issuer) {
        var document = URI.create(issuer.toString().replaceFirst("/$", "") + "/.well-known/openid-configuration");
        try {
            var answer =
                    clients.get().send(HttpRequest.newBuilder(document).build(), BodyHandlers.discarding(), TIMEOUT);
            if (answer.statusCode() >= Response.Status.BAD_REQUEST.getStatusCode()) {
                throw new OIDCException("it answers %d to GET %s".formatted(answer.statusCode(), document.getPath()));
            }
        } catch (IOException e) {
            throw new OIDCException(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OIDCException("the process stops");
        }
        var provider = make(issuer);
        made = provider;
        return provider;
    }

    private OidcTenantConfig make(URI issuer) {
        var settings = settings();
        var provider = OidcTenantConfig.authServerUrl(issuer.toString())
                .tenantId(NAME
                        + Integer.toHexString(issuer.hashCode())) // Quarkus keeps what it knows of one by this name
                .applicationType(ApplicationType.WEB_APP)
                .clientId(settings.clientId().orElseThrow())
                .credentials(settings.clientSecret().orElseThrow());
        settings.rolesClaim()
                .ifPresent(claim -> provider.roles().roleClaimPath(claim).end());
        throughProxy(provider, issuer);
        if ("https".equals(issuer.getScheme())) {
            clients.get().certificates().ifPresent(trusted -> {
                tls.get().register(NAME, new ProviderTrust(trusted));
                provider.tlsConfigurationName(NAME);
            });
        }
        var isHttps = config.get()
                .publicUrl()
                .map(URI::getScheme)
                .filter("https"::equals)
                .isPresent();
        return provider.authentication()
                .pkceRequired()
                .nonceRequired()
                .failOnMissingStateParam()
                .scopes("profile", "email")
                .stateSecret(secret("state"))
                .cookiePath("/login")
                .forceRedirectHttpsScheme(isHttps)
                .cookieForceSecure(isHttps)
                .end()
                .tokenStateManager()
                .strategy(Strategy.ID_TOKEN)
                .encryptionSecret(secret("tokens"))
                .end()
                .build();
    }

    /** The same in all replicas: one may begin a login that another one ends. */
    private String secret(String purpose) {
        return Base64.getEncoder().encodeToString(key.sign("OpenID Connect", purpose));
    }

    private void throughProxy(OidcTenantConfigBuilder provider, URI issuer) {
        for (var proxy : clients.get().proxies().select(issuer)) {
            if (proxy.address() instanceof InetSocketAddress address) {
                provider.proxy(address.getHostString(), address.getPort());
            }
        }
    }
}
