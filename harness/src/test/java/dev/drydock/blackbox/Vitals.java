package dev.drydock.blackbox;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** What a process holds, over time: all that may leak. Its own metrics tell, and the database. */
final class Vitals {

    /** Heap in megabytes, after a collection. */
    record Sample(double heap, double threads, double files, double connections) {}

    /** What must not grow, and by how much it may sway. */
    record Figure(String name, double sway, ToDoubleFunction<Sample> of) {}

    static final List<Figure> FIGURES = List.of(
            new Figure("heap after a collection, MB", 12, Sample::heap),
            new Figure("threads", 12, Sample::threads),
            new Figure("open files and sockets", 24, Sample::files),
            new Figure("connections to the database", 4, Sample::connections));

    private static final int PARTS = 3;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Program program;
    private final URI metrics;
    private final TestEnvironment environment;
    private final List<Sample> samples = new ArrayList<>();

    Vitals(Program program, int port, TestEnvironment environment) {
        this.program = program;
        this.metrics = URI.create("http://localhost:" + port + "/q/metrics");
        this.environment = environment;
    }

    /** To be called while the database is there. */
    void sample() throws Exception {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        new ProcessBuilder(jcmd, String.valueOf(program.pid()), "GC.run")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        var text = read();
        samples.add(new Sample(
                sum(text, "jvm_memory_used_bytes\\{area=\"heap\".*\\}") / 1e6,
                sum(text, "jvm_threads_live_threads"),
                sum(text, "process_files_open_files"),
                environment.count("pg_stat_activity where usename is not null and pid <> pg_backend_pid()")));
    }

    int samples() {
        return samples.size();
    }

    /** Of each third of the time, the median; the start of the process is left out. */
    double[] medians(Figure figure) {
        var steady = samples.subList(samples.size() / 10, samples.size());
        return IntStream.range(0, PARTS)
                .mapToDouble(part -> median(
                        steady.subList(steady.size() * part / PARTS, steady.size() * (part + 1) / PARTS), figure))
                .toArray();
    }

    /** Whether there is more of it in the last third than in the first. */
    boolean grows(Figure figure) {
        var medians = medians(figure);
        return medians[PARTS - 1] > medians[0] + figure.sway();
    }

    String line(Figure figure) {
        var medians = medians(figure);
        var most = samples.stream().mapToDouble(figure.of()).max().orElse(0);
        return String.format(
                Locale.ROOT,
                "| %s | %.0f | %.0f | %.0f | %.0f |%n",
                figure.name(),
                medians[0],
                medians[1],
                medians[2],
                most);
    }

    private static double median(List<Sample> samples, Figure figure) {
        return samples.stream()
                .mapToDouble(figure.of())
                .sorted()
                .skip(samples.size() / 2)
                .findFirst()
                .orElseThrow();
    }

    private String read() throws IOException, InterruptedException {
        var answer = client.send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(metrics + " answered " + answer.statusCode());
        }
        return answer.body();
    }

    private static double sum(String metrics, String series) {
        return Pattern.compile("(?m)^" + series + " (\\S+)$")
                .matcher(metrics)
                .results()
                .mapToDouble(match -> Double.parseDouble(match.group(1)))
                .sum();
    }
}
