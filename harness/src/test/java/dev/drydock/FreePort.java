package dev.drydock;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A port for a program that a test starts. It lies below the range from which systems take the ports of outgoing connections
 * (32768 to 60999 on Linux, 49152 up elsewhere), so that it is still free when the program starts, and when it starts again.
 */
public final class FreePort {

    private static final int LOWEST = 15_000;
    private static final int HIGHEST = 32_000;

    /** Each test JVM begins elsewhere and gives no port twice. */
    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST));

    private FreePort() {}

    /** One that is free now, and that this method did not return before. */
    public static int find() {
        for (var tries = 0; tries < HIGHEST - LOWEST; tries++) {
            var port = NEXT.getAndUpdate(last -> last == HIGHEST ? LOWEST : last + 1);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("there is no free port between " + LOWEST + " and " + HIGHEST);
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
