package dev.drydock.connect;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.JavaProcess;
import dev.drydock.http.CredentialsEvent;
import dev.drydock.journal.Journals;
import jakarta.enterprise.event.Event;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A process with an HTTP source whose API wants an access token. Its arguments are a database, then the source's settings. Each
 * line that it reads is a number of hours by which its clock is ahead; it fetches twice at once, and prints what came.
 */
public final class TicketReader implements AutoCloseable {

    private final Process process;
    private final BufferedReader answers;

    private TicketReader(Process process) {
        this.process = process;
        this.answers = process.inputReader();
    }

    /** Settings begin behind the source's name, as those of {@link Sources#tickets}. */
    public static TicketReader start(String jdbcUrl, Map<String, String> settings) throws IOException {
        var arguments = new ArrayList<>(List.of(jdbcUrl));
        settings.forEach((name, value) -> arguments.add(name + "=" + value));
        return new TicketReader(JavaProcess.of(TicketReader.class, arguments.toArray(String[]::new))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    public void fetch(int hoursAhead) throws IOException {
        process.outputWriter().append(hoursAhead + "\n").flush();
    }

    /** Waits for what came. */
    public List<String> fetched() throws IOException {
        return List.of(answers.readLine(), answers.readLine());
    }

    /** With {@code kill -9}. */
    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @SuppressWarnings("unchecked")
    public static void main(String... arguments) throws Exception {
        var settings = new HashMap<String, String>();
        for (var setting : List.of(arguments).subList(1, arguments.length)) {
            settings.put(setting.replaceFirst("=.*", ""), setting.replaceFirst("[^=]*=", ""));
        }
        var noEvents = (Event<CredentialsEvent>) Proxy.newProxyInstance(
                Event.class.getClassLoader(), new Class<?>[] {Event.class}, (proxy, method, given) -> null);
        var ahead = new AtomicLong();
        var source = new Sources(noEvents, new ObjectMapper(), Journals.tokens(arguments[0]))
                .tickets(settings, () -> Instant.now().plus(Duration.ofHours(ahead.get())));
        Callable<String> fetch = () -> source.get("a").toString();
        var threads = Executors.newFixedThreadPool(2);
        for (var line :
                (Iterable<String>) new BufferedReader(new InputStreamReader(System.in, UTF_8)).lines()::iterator) {
            ahead.set(Long.parseLong(line));
            for (var answer : threads.invokeAll(List.of(fetch, fetch))) {
                System.out.println(answer.get());
            }
        }
        threads.shutdown();
    }
}
