package dev.drydock.blackbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** An address on the loopback interface that leads to a server, and can be made to lead to another. */
final class Forwarder implements AutoCloseable {

    private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile int target;
    private volatile boolean silent;

    Forwarder(int target) throws IOException {
        this.target = target;
        start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /** From now on; connections that exist are cut. */
    void leadTo(int port) {
        target = port;
        cut();
    }

    /** From now on connections are taken, and never answered; those that exist are cut. */
    void fallSilent() {
        silent = true;
        cut();
    }

    /** From now on connections are answered; those that were taken in silence never are. */
    void speak() {
        silent = false;
    }

    void cut() {
        open.forEach(Forwarder::close);
        open.clear();
    }

    private void accept() throws IOException {
        while (true) {
            var client = door.accept();
            if (silent) {
                open.add(client);
                continue;
            }
            try {
                var server = new Socket(InetAddress.getLoopbackAddress(), target);
                open.add(client);
                open.add(server);
                start(() -> copy(client.getInputStream(), server.getOutputStream(), server));
                start(() -> copy(server.getInputStream(), client.getOutputStream(), client));
            } catch (IOException e) { // nobody answers there
                close(client);
            }
        }
    }

    private static void copy(InputStream from, OutputStream to, Socket end) throws IOException {
        try (end) {
            from.transferTo(to);
        }
    }

    private static void start(Work work) {
        var thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                Thread.currentThread().interrupt(); // the connection has been cut: so ends its thread
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    @Override
    public void close() throws IOException {
        door.close();
        cut();
    }
}
