package dev.drydock.alert.channel;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A mail server that greets, says that it serves, and answers everything else with one line; an empty one is silence. */
final class FailingMailServer implements AutoCloseable {

    private final ServerSocket socket;
    private final String line;
    private final Thread accepting = new Thread(this::serve, "failing mail server");
    private final List<Socket> clients = new CopyOnWriteArrayList<>();

    FailingMailServer(ServerSocket socket, String line) {
        this.socket = socket;
        this.line = line;
        accepting.start();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try {
                var client = socket.accept();
                clients.add(client);
                new Thread(() -> talk(client), "failing mail server's client").start();
            } catch (IOException e) {
                // the test is over
            }
        }
    }

    private void talk(Socket client) {
        try (var in = new BufferedReader(new InputStreamReader(client.getInputStream(), US_ASCII))) {
            say(client, "220 localhost");
            for (var command = in.readLine(); command != null; command = in.readLine()) {
                say(client, command.startsWith("EHLO") ? "250 localhost" : line);
            }
        } catch (IOException e) {
            // the client has gone, or the test is over
        }
    }

    private static void say(Socket client, String text) throws IOException {
        if (!text.isEmpty()) {
            client.getOutputStream().write((text + "\r\n").getBytes(US_ASCII));
        }
    }

    /** As when a server's process ends: all that it was connected to is told. */
    @Override
    public void close() throws IOException, InterruptedException {
        socket.close();
        accepting.join(); // until then the port is taken
        for (var client : clients) {
            client.close();
        }
    }
}
