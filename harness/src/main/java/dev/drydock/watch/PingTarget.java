package dev.drydock.watch;

import dev.drydock.config.AgentSettings;
import dev.drydock.config.DrydockConfig;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A check or heartbeat at an outside service. The service alerts people when an agent's pings stop. */
record PingTarget(Service service, URI url) {

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

    /** The targets of one agent: for each service its own if one is set, otherwise the common one. */
    static List<PingTarget> of(String agent, DrydockConfig config) {
        var own = Optional.ofNullable(config.agents().get(agent));
        return Stream.of(
                        target(
                                Service.HEALTHCHECKS,
                                own.flatMap(AgentSettings.Overrides::healthchecksPingUrl)
                                        .or(config.heartbeat()::healthchecksPingUrl)),
                        target(
                                Service.BETTER_STACK,
                                own.flatMap(AgentSettings.Overrides::betterstackHeartbeatUrl)
                                        .or(config.heartbeat()::betterstackHeartbeatUrl)))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<PingTarget> target(Service service, Optional<String> url) {
        return url.map(address -> new PingTarget(service, URI.create(address)));
    }

    /** The service's name, for people. */
    String title() {
        return service.title;
    }

    /** Whether the service accepts a ping when a run starts. */
    boolean acceptsStart() {
        return service == Service.HEALTHCHECKS;
    }

    /** The address of a ping. A query in the target's own address is kept. */
    URI address(Ping ping) {
        var path = url.toString().replaceFirst("[?#].*", "").replaceFirst("/+$", "");
        var query = Stream.of(Optional.ofNullable(url.getRawQuery()), runId(ping))
                .flatMap(Optional::stream)
                .collect(Collectors.joining("&"));
        return URI.create(path + ping.suffix() + (query.isEmpty() ? "" : "?" + query));
    }

    /** Healthchecks distinguishes runs by it; Better Stack does not accept it. */
    private Optional<String> runId(Ping ping) {
        return service == Service.HEALTHCHECKS
                ? Optional.ofNullable(ping.run()).map(run -> "rid=" + run)
                : Optional.empty();
    }
}
