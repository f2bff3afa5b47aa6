package dev.drydock.blackbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/** A company's proxy: it takes CONNECT alone, asks for a password, and leads every tunnel to one local port. */
final class ConnectProxy implements AutoCloseable {

    private final ServerSocket listening;
    private final int target;
    private final String credentials;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    ConnectProxy(int target, String credentials) {
        this.target = target;
        this.credentials = credentials;
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(unchecked(this::accept));
    }

    int port() {
        return listening.getLocalPort();
    }

    /** The first lines of the requests that were accepted. */
    List<String> requests() {
        return requests;
    }

    /** A connection that breaks ends its own thread only. */
    private static Runnable unchecked(Callable<Void> work) {
        return () -> {
            try {
                work.call();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        };
    }

    /** Until it is closed, which is no fault: other tests that wait meanwhile would take it for theirs. */
    private Void accept() throws IOException {
        try {
            while (true) {
                var client = listening.accept();
                threads.execute(unchecked(() -> serve(client)));
            }
        } catch (IOException | RejectedExecutionException e) {
            if (listening.isClosed()) {
                return null;
            }
            throw e;
        }
    }

    private Void serve(Socket client) throws IOException {
        try (client) {
            var head = head(client.getInputStream());
            var out = client.getOutputStream();
            if (!head.startsWith("CONNECT ")) {
                out.write("HTTP/1.1 405 Method Not Allowed\r\nContent-Length: 0\r\n\r\n".getBytes(ISO_8859_1));
                return null;
            }
            if (!head.contains("\r\nProxy-Authorization: Basic " + credentials + "\r\n")) {
                var refusal = List.of(
                        "HTTP/1.1 407 Proxy Authentication Required",
                        "Proxy-Authenticate: Basic realm=\"x\"",
                        "Content-Length: 0",
                        "",
                        "");
                out.write(String.join("\r\n", refusal).getBytes(ISO_8859_1));
                return null;
            }
            requests.add(head.substring(0, head.indexOf("\r\n")));
            try (var server = new Socket(InetAddress.getLoopbackAddress(), target)) {
                out.write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes(ISO_8859_1));
                var back = threads.submit(() -> server.getInputStream().transferTo(out));
                client.getInputStream().transferTo(server.getOutputStream());
                back.cancel(true);
            }
        }
        return null;
    }

    private static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            var next = in.read();
            if (next < 0) {
                throw new IOException("the request ended early");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        threads.shutdownNow();
    }
}
