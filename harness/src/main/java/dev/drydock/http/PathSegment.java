package dev.drydock.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;

/** Encodes a name from outside as one segment of a path or address, so that it cannot escape its folder. */
public final class PathSegment {

    private PathSegment() {}

    /** ASCII letters, digits and {@code - _ .} are kept; a leading dot and all other characters are percent-encoded. */
    public static String of(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a path segment must not be empty");
        }
        var encoded = URLEncoder.encode(name, UTF_8).replace("+", "%20").replace("*", "%2A");
        return encoded.startsWith(".") ? "%2E" + encoded.substring(1) : encoded;
    }
}
