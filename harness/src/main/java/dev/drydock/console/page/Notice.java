package dev.drydock.console.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** One sentence of what a form has done, shown once, on the page that follows. */
final class Notice {

    static final String COOKIE = "drydock-notice";

    private Notice() {}

    /** Sends the browser to a page that shows the sentence. */
    static Response then(String path, String sentence) {
        var value = Base64.getUrlEncoder().withoutPadding().encodeToString(sentence.getBytes(UTF_8));
        return Response.seeOther(URI.create(path)).cookie(cookie(value, 30)).build();
    }

    static @Nullable String of(HttpHeaders headers) {
        var cookie = headers.getCookies().get(COOKIE);
        try {
            return cookie == null || cookie.getValue().isEmpty()
                    ? null
                    : new String(Base64.getUrlDecoder().decode(cookie.getValue()), UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    static NewCookie shown() {
        return cookie("", 0);
    }

    private static NewCookie cookie(String value, int seconds) {
        return new NewCookie.Builder(COOKIE)
                .value(value)
                .path("/")
                .maxAge(seconds)
                .httpOnly(true)
                .sameSite(NewCookie.SameSite.STRICT)
                .build();
    }
}
