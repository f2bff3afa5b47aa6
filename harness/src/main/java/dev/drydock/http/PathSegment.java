package dev.drydock.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;

/** A name that comes from outside, as one segment of a path or an address: it leads nowhere else, and hides nothing. */
public final class PathSegment {

    private PathSegment() {}

    /** Letters and digits of ASCII, {@code - _ .} stay as they are, all else and a dot in front is percent-encoded. */
    public static String of(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a thing without a name has no place");
        }
        var encoded = URLEncoder.encode(name, UTF_8).replace("+", "%20").replace("*", "%2A");
        return encoded.startsWith(".") ? "%2E" + encoded.substring(1) : encoded;
    }
}
