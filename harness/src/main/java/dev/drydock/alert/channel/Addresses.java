package dev.drydock.alert.channel;

import java.net.URI;
import java.util.Optional;

/** What receivers' addresses are made of. */
final class Addresses {

    private Addresses() {}

    /** The address, with another scheme, host and port if there is a base; path and query stay. */
    static URI moved(String address, Optional<URI> base) {
        var url = URI.create(address);
        return base.map(to -> URI.create(to.getScheme() + "://" + to.getRawAuthority() + url.getRawPath() + query(url)))
                .orElse(url);
    }

    /** A path below an address, before the query that the address may have. */
    static URI below(String address, String path) {
        var url = URI.create(address);
        var parent =
                address.substring(0, address.length() - query(url).length()).replaceFirst("/+$", "");
        return URI.create(parent + path + query(url));
    }

    private static String query(URI url) {
        return url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    }
}
