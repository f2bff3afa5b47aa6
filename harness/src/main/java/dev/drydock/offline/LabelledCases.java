package dev.drydock.offline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;

/**
 * The labelled cases in {@code evals/NAME/cases.jsonl}, accepted corrections among them: those whose items are nearest to a message
 * vote for the values that are right for them. Cases of the set {@code holdout} have no vote. A file that has changed is read again.
 */
final class LabelledCases {

    private static final Logger LOG = Logger.getLogger(LabelledCases.class);

    private static final int NEAREST = 7;

    /** A neighbour that is nearer by this much has 2.7 times the weight. */
    private static final double SPREAD = 0.06;

    /** How fast all votes lose weight with the distance of the nearest case. */
    private static final int FALL = 3;

    /** So many cases have half of a vote: they may have none of the right value. */
    private static final int FEW = 20;

    /** A case that is so near has its vote, however few there are: a correction. */
    private static final double TWIN = 0.8;

    /** A case: its item as sentences, its label, and the fields of the decision that are known to be right. */
    private record Case(Sentences item, String label, JsonNode expected) {}

    private record CaseFile(FileTime changed, List<Case> cases) {}

    private record Vote(String value, double similarity) {}

    private final Path folder;
    private final ObjectMapper json;
    private final EmbeddingSimilarity similarity;
    private volatile boolean leaveOneOut;
    private final Map<Path, CaseFile> files = new ConcurrentHashMap<>();

    /**
     * @param leaveOneOut whether a case has no vote about its own item. In an eval it must not: the answer would be in the question
     */
    LabelledCases(Path folder, ObjectMapper json, EmbeddingSimilarity similarity, boolean leaveOneOut) {
        this.folder = folder;
        this.json = json;
        this.similarity = similarity;
        this.leaveOneOut = leaveOneOut;
    }

    void leaveOneOut(boolean leaveOut) {
        leaveOneOut = leaveOut;
    }

    /**
     * The share of the votes that each value of a field has, from 0 to 1, the less the farther the nearest case is. Empty if no case is
     * about such decisions.
     *
     * @param properties of the schema of the decision
     */
    Map<String, Double> votes(JsonNode properties, String field, Sentences message) {
        var values = StreamSupport.stream(properties.path(field).path("enum").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
        var cases = values.isEmpty() ? List.<Case>of() : cases(properties);
        if (cases.isEmpty()) {
            return Map.of();
        }
        var near = similarity.to(message);
        var votes = cases.parallelStream()
                .filter(each -> !leaveOneOut || !isAbout(message, each))
                .flatMap(each -> right(each, field, properties)
                        .filter(values::contains)
                        .map(value -> new Vote(value, near.applyAsDouble(each.item())))
                        .stream())
                .sorted(Comparator.comparingDouble(Vote::similarity).reversed())
                .limit(NEAREST)
                .toList();
        var weights = new HashMap<String, Double>();
        votes.forEach(vote -> weights.merge(vote.value(), Math.exp(vote.similarity() / SPREAD), Double::sum));
        var all = weights.values().stream().mapToDouble(Double::doubleValue).sum();
        var nearest = votes.stream().mapToDouble(Vote::similarity).max().orElse(0);
        var trust = nearest >= TWIN ? 1 : (double) cases.size() / (cases.size() + FEW);
        weights.replaceAll((value, weight) -> trust * Math.pow(nearest, FALL) * weight / all);
        return weights;
    }

    private static Optional<String> right(Case each, String field, JsonNode properties) {
        var expected = each.expected().path(field);
        return expected.isTextual()
                ? Optional.of(expected.asText())
                : Optional.of(each.label()).filter(label -> field.equals(labelField(label, properties)));
    }

    /** The first field that has the label among its values; empty if none has. */
    private static String labelField(String label, JsonNode properties) {
        return properties.properties().stream()
                .filter(property -> StreamSupport.stream(
                                property.getValue().path("enum").spliterator(), false)
                        .anyMatch(value -> value.asText().equals(label)))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("");
    }

    /** Of the agents whose decisions have these fields. */
    private List<Case> cases(JsonNode properties) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var agents = Files.list(folder)) {
            return agents.map(agent -> agent.resolve("cases.jsonl"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .map(this::read)
                    .filter(some -> fit(some, properties))
                    .flatMap(List::stream)
                    .toList();
        } catch (IOException e) {
            LOG.warnf("The offline model cannot read %s: %s", folder, e.getMessage());
            return List.of();
        }
    }

    /** Whether the message has half of the case's sentences: prompts show items in their own way. */
    private static boolean isAbout(Sentences message, Case each) {
        var sentences = each.item().all();
        return 2 * sentences.stream().filter(message.all()::contains).count() >= sentences.size();
    }

    /** Rules give labels that no model is asked for. */
    private static boolean fit(List<Case> cases, JsonNode properties) {
        return cases.stream()
                        .anyMatch(each -> !labelField(each.label(), properties).isEmpty())
                && cases.stream()
                        .flatMap(each -> each.expected().properties().stream())
                        .allMatch(field -> properties.has(field.getKey()));
    }

    private List<Case> read(Path file) {
        try {
            var changed = Files.getLastModifiedTime(file);
            var known = files.get(file);
            if (known != null && known.changed().equals(changed)) {
                return known.cases();
            }
            var cases = new ArrayList<Case>();
            for (var line : Files.readAllLines(file)) {
                var each = json.readTree(line);
                var text = text(each.path("item"));
                if (each.path("set").asText().equals("dev") && !text.isBlank()) {
                    cases.add(new Case(Sentences.of(text), each.path("label").asText(), each.path("expected")));
                }
            }
            files.put(file, new CaseFile(changed, List.copyOf(cases)));
            return cases;
        } catch (IOException e) {
            LOG.warnf("The offline model cannot read %s: %s", file, e.getMessage());
            return List.of();
        }
    }

    /** What an item says in words: its texts, but not its key. */
    private static String text(JsonNode item) {
        return item.properties().stream()
                .filter(field -> !field.getKey().equals("id") && !field.getKey().equals("version"))
                .flatMap(field -> field.getValue().isTextual()
                        ? Stream.of(field.getValue().asText())
                        : Stream.empty())
                .reduce((earlier, later) -> earlier + "\n\n" + later)
                .orElse("");
    }
}
