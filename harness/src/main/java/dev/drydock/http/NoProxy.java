package dev.drydock.http;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The hosts that are reached without a proxy: those that {@code NO_PROXY} lists, and the loopback interface. A name includes
 * the names below it, with or without a dot or {@code *.} before it; an IP address may be a network ({@code 10.0.0.0/8}); each
 * may end with a port; {@code *} is every host.
 *
 * @see <a href="https://about.gitlab.com/blog/we-need-to-talk-no-proxy/">how other programs read NO_PROXY</a>
 */
final class NoProxy implements Predicate<URI> {

    private static final Pattern IP = Pattern.compile("\\d+(\\.\\d+){3}|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");
    private static final Pattern ENTRY = Pattern.compile("(\\[[^]]+]|[^:\\[\\]]+)(?::(\\d+))?");

    private final List<Predicate<URI>> rules;

    NoProxy(String list) {
        rules = Arrays.stream(list.split("[,\\s]+"))
                .filter(entry -> !entry.isEmpty())
                .map(NoProxy::rule)
                .toList();
    }

    @Override
    public boolean test(URI address) {
        return isLoopback(host(address)) || rules.stream().anyMatch(rule -> rule.test(address));
    }

    private static Predicate<URI> rule(String entry) {
        if (entry.equals("*")) {
            return address -> true;
        }
        var parts = ENTRY.matcher(entry);
        var hasPort = parts.matches() && parts.group(2) != null;
        var host = withoutBrackets(hasPort ? parts.group(1) : entry).toLowerCase(Locale.ROOT);
        var port = hasPort ? Integer.parseInt(parts.group(2)) : 0;
        var hosts = hosts(host);
        return address -> (port == 0 || port == port(address)) && hosts.test(host(address));
    }

    private static Predicate<String> hosts(String entry) {
        var slash = entry.indexOf('/');
        var network = slash < 0 ? entry : entry.substring(0, slash);
        if (IP.matcher(network).matches()) {
            var bytes = bytes(network);
            var prefix = slash < 0 ? bytes.length * 8 : Integer.parseInt(entry.substring(slash + 1));
            return host -> IP.matcher(host).matches() && isWithin(bytes(host), bytes, prefix);
        }
        var name = entry.replaceFirst("^\\*?\\.", "");
        return host -> host.equals(name) || host.endsWith("." + name);
    }

    private static boolean isWithin(byte[] host, byte[] network, int prefix) {
        var rest = network.length * 8 - prefix;
        return host.length == network.length
                && rest >= 0
                && new BigInteger(1, host).shiftRight(rest).equals(new BigInteger(1, network).shiftRight(rest));
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || (IP.matcher(host).matches() && address(host).isLoopbackAddress());
    }

    private static byte[] bytes(String ip) {
        return address(ip).getAddress();
    }

    /** Looks up no name: the text is an IP address. */
    private static InetAddress address(String ip) {
        try {
            return InetAddress.getByName(ip);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("\"%s\" is no IP address".formatted(ip));
        }
    }

    private static String host(URI address) {
        return withoutBrackets(String.valueOf(address.getHost())).toLowerCase(Locale.ROOT);
    }

    private static String withoutBrackets(String host) {
        return host.replaceAll("^\\[|]$", "");
    }

    private static int port(URI address) {
        return address.getPort() >= 0 ? address.getPort() : "https".equals(address.getScheme()) ? 443 : 80;
    }
}
