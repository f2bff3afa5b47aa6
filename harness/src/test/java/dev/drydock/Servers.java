package dev.drydock;

import dev.drydock.alert.channel.MailServer;
import dev.drydock.model.ModelServer;
import dev.drydock.trace.TraceReceiver;
import dev.drydock.watch.PingServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All servers that the application may talk to, in one resource: tests of models, pings, mails and traces share an application. */
public class Servers implements QuarkusTestResourceLifecycleManager {

    private final List<QuarkusTestResourceLifecycleManager> servers =
            List.of(new ModelServer(), new PingServer(), new MailServer(), new TraceReceiver());

    @Override
    public Map<String, String> start() {
        var settings = new HashMap<String, String>();
        servers.forEach(server -> settings.putAll(server.start()));
        return settings;
    }

    @Override
    public void stop() {
        servers.forEach(QuarkusTestResourceLifecycleManager::stop);
    }

    @Override
    public void inject(TestInjector injector) {
        servers.forEach(server -> server.inject(injector));
    }
}
