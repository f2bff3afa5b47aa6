package dev.drydock.watch;

import dev.drydock.config.AgentOverrides;
import dev.drydock.config.DrydockConfig;
import dev.drydock.watch.Check.Service;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Which checks wait for an agent: its own where it has one, else the one of all. */
@Singleton
class Checks {

    private final DrydockConfig config;

    Checks(DrydockConfig config) {
        this.config = config;
    }

    List<Check> of(String agent) {
        var global = config.heartbeat();
        return Stream.of(
                        own(agent, AgentOverrides::healthchecksPingUrl)
                                .or(global::healthchecksPingUrl)
                                .map(url -> new Check(Service.HEALTHCHECKS, URI.create(url))),
                        own(agent, AgentOverrides::betterstackHeartbeatUrl)
                                .or(global::betterstackHeartbeatUrl)
                                .map(url -> new Check(Service.BETTER_STACK, URI.create(url))))
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<String> own(String agent, Function<AgentOverrides, Optional<String>> setting) {
        return Optional.ofNullable(config.agents().get(agent)).flatMap(setting);
    }
}
