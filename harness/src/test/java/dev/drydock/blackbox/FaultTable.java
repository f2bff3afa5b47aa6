package dev.drydock.blackbox;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What came of each fault that was caused since the last {@code clean}: {@code target/reliability.md}. */
final class FaultTable {

    private static final Path TRIALS = Path.of("target/reliability.csv");
    private static final Path TABLE = Path.of("target/reliability.md");

    private record Trial(String fault, int messages, int lost, int doubled, double seconds) {

        static Trial of(String line) {
            var cells = List.of(line.split(";"));
            return new Trial(
                    cells.get(0),
                    Integer.parseInt(cells.get(1)),
                    Integer.parseInt(cells.get(2)),
                    Integer.parseInt(cells.get(3)),
                    Double.parseDouble(cells.get(4)));
        }

        String line() {
            return String.format(Locale.ROOT, "%s;%d;%d;%d;%.1f%n", fault, messages, lost, doubled, seconds);
        }
    }

    private FaultTable() {}

    /** Waits until the webhook has taken every message; to be called when the cause is gone. Each is to come once. */
    static void recovered(String fault, MockModel receiver, int messages) throws IOException {
        var gone = System.nanoTime();
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> assertThat(receiver.taken()).hasSize(messages));
        add(fault, messages, receiver, Duration.ofNanos(System.nanoTime() - gone));
        assertThat(receiver.taken().values()).as("how often each message came").containsOnly(1);
    }

    static synchronized void add(String fault, int messages, MockModel receiver, Duration recovery) throws IOException {
        var taken = receiver.taken().values();
        var doubled = taken.stream().mapToInt(times -> times - 1).sum();
        var trial = new Trial(fault, messages, messages - taken.size(), doubled, recovery.toMillis() / 1e3);
        Files.writeString(TRIALS, trial.line(), CREATE, APPEND);
        var rows = Files.readAllLines(TRIALS).stream()
                .map(Trial::of)
                .collect(groupingBy(Trial::fault, LinkedHashMap::new, Collectors.toList()));
        Files.writeString(TABLE, rows.values().stream().map(FaultTable::row).collect(Collectors.joining("", """
                                | fault | times tried | messages | lost | doubled | back to work after, s |
                                |---|---|---|---|---|---|
                                """, "")));
    }

    private static String row(List<Trial> trials) {
        var seconds = trials.stream().mapToDouble(Trial::seconds).summaryStatistics();
        return String.format(
                Locale.ROOT,
                "| %s | %d | %d | %d | %d | %.1f to %.1f |%n",
                trials.get(0).fault(),
                trials.size(),
                trials.stream().mapToInt(Trial::messages).sum(),
                trials.stream().mapToInt(Trial::lost).sum(),
                trials.stream().mapToInt(Trial::doubled).sum(),
                seconds.getMin(),
                seconds.getMax());
    }
}
