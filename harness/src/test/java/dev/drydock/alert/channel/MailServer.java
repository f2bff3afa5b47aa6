package dev.drydock.alert.channel;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.drydock.FreePort;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;

/** A mail server, with the settings that lead to it. Another can stand in its place for a while. */
public class MailServer implements QuarkusTestResourceLifecycleManager {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private int port;
    private GreenMail server = new GreenMail(new ServerSetup[0]);

    /** Marks where a test wants the server. */
    @Retention(RetentionPolicy.RUNTIME)
    public @interface Inject {}

    @Override
    public Map<String, String> start() {
        port = FreePort.find();
        open();
        return Map.of(
                "quarkus.mailer.mock", "false",
                "quarkus.mailer.host", "127.0.0.1",
                "quarkus.mailer.port", String.valueOf(port),
                "quarkus.mailer.from", "drydock@example.com",
                "drydock.alerts.mail.to", "night@example.com,day@example.com");
    }

    @Override
    public void stop() {
        server.stop();
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, new TestInjector.AnnotatedAndMatchesType(Inject.class, MailServer.class));
    }

    /** Takes mail, and has none yet. */
    void open() {
        var setup = new ServerSetup(port, "127.0.0.1", "smtp");
        setup.setServerStartupTimeout(60_000);
        server = new GreenMail(setup);
        server.start();
    }

    GreenMail mails() {
        return server;
    }

    /** Closes, and answers to nothing. */
    void close() {
        server.stop();
    }

    /** Closes; in its place stands one that greets, and then answers everything with the same line. */
    AutoCloseable closeAndAnswer(String line) throws IOException {
        server.stop();
        var socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(LOOPBACK, port));
        return new FailingMailServer(socket, line);
    }
}
