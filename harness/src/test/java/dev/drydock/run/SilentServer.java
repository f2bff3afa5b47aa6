package dev.drydock.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Accepts every connection and never answers. */
final class SilentServer implements AutoCloseable {

    private final ServerSocket server;
    private final Queue<Socket> accepted = new ConcurrentLinkedQueue<>();

    SilentServer() throws IOException {
        server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        var thread = new Thread(this::accept, "silent server");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                accepted.add(server.accept());
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /** How many calls were made so far. */
    int calls() {
        return accepted.size();
    }

    @Override
    public void close() {
        try {
            server.close();
            for (var socket : accepted) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
