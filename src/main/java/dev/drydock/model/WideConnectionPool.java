package dev.drydock.model;

import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.eclipse.microprofile.rest.client.spi.RestClientListener;

/** Lets as many calls be in flight as the agents ask for; the client of the model server stops at 50 by itself. */
public final class WideConnectionPool implements RestClientListener {

    private static final int CONNECTIONS = 512;

    @Override
    public void onNewClient(Class<?> serviceInterface, RestClientBuilder builder) {
        builder.property("io.quarkus.rest.client.connection-pool-size", CONNECTIONS);
    }
}
