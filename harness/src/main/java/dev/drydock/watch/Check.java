package dev.drydock.watch;

import java.net.URI;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What waits outside for the pings of an agent, and tells people when they stay away. */
record Check(Service service, URI url) {

    enum Service {
        /** https://healthchecks.io/docs/http_api */
        HEALTHCHECKS("Healthchecks"),

        /** https://betterstack.com/docs/uptime/cron-and-heartbeat-monitor */
        BETTER_STACK("Better Stack");

        private final String title;

        Service(String title) {
            this.title = title;
        }
    }

    /** For people. */
    String title() {
        return service.title;
    }

    /** Whether it wants to know that a run has begun. */
    boolean hearsStarts() {
        return service == Service.HEALTHCHECKS;
    }

    /** Where to send a ping. A query that the check's own address has stays. */
    URI address(Ping ping) {
        var path = url.toString().replaceFirst("[?#].*", "").replaceFirst("/+$", "");
        var query = Stream.of(Optional.ofNullable(url.getRawQuery()), runId(ping))
                .flatMap(Optional::stream)
                .collect(Collectors.joining("&"));
        return URI.create(path + ping.suffix() + (query.isEmpty() ? "" : "?" + query));
    }

    /** By it Healthchecks tells runs apart; others do not know it. */
    private Optional<String> runId(Ping ping) {
        return service == Service.HEALTHCHECKS
                ? Optional.ofNullable(ping.run()).map(run -> "rid=" + run)
                : Optional.empty();
    }
}
