package dev.drydock.console.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drydock.console.Login;
import java.net.URLEncoder;
import org.jspecify.annotations.Nullable;

/**
 * The ways to log in.
 *
 * @param provider the host of the identity provider; null if there is none
 * @param to the page to go on to
 * @param fault why the attempt before was refused; null if there was none
 */
record LoginForm(
        @Nullable String provider,
        boolean takesToken,
        String to,
        @Nullable String fault) {

    static LoginForm of(Login login, String to, @Nullable String fault) {
        return new LoginForm(login.providerHost().orElse(null), login.takesToken(), to, fault);
    }

    /** A link and no form: by the pages' Content-Security-Policy, no form leads to another host, not even by a redirect. */
    public String providerPath() {
        return "/login/oidc?to=" + URLEncoder.encode(to, UTF_8);
    }
}
