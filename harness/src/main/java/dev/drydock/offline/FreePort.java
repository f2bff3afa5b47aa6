package dev.drydock.offline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports that were free when they were first asked for, and stay with their name as long as the Java machine lives. */
final class FreePort {

    private FreePort() {}

    /** Kept as a system property, because live reload loads this class anew. */
    static synchronized int of(String name) {
        var property = "stand-in." + name + ".port";
        var port = Integer.getInteger(property);
        if (port == null) {
            port = find();
            System.setProperty(property, port.toString());
        }
        return port;
    }

    private static int find() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("there is no free port", e);
        }
    }
}
