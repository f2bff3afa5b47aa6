package dev.drydock.judge.eval;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.FeedbackJournal;
import dev.drydock.journal.FeedbackJournal.OpenCorrection;
import dev.drydock.judge.eval.EvalCase.CaseSet;
import dev.drydock.redact.Redactor;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Corrections that may become eval cases, and the file that they are written to. Nothing is written unmasked. */
@Singleton
public class ProposedCases {

    /** Of ten items, six are cases to work with. */
    private static final int DEV_OF_TEN = 6;

    /** Two items with so many of their words in common are near-duplicates. */
    private static final double NEAR = 0.8;

    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

    /**
     * A correction as it would be written.
     *
     * @param line the case, masked
     * @param twin the id of a case whose item is nearly the same
     */
    public record Proposal(OpenCorrection correction, CaseSet set, ObjectNode line, Optional<String> twin) {}

    private final FeedbackJournal journal;
    private final ReadCases cases;
    private final Redactor redactor;
    private final ObjectMapper json;

    ProposedCases(FeedbackJournal journal, ReadCases cases, Redactor redactor, ObjectMapper json) {
        this.journal = journal;
        this.cases = cases;
        this.redactor = redactor;
        this.json = json;
    }

    /** Oldest first. Fails with {@link EvalException} if the file has lines that are no cases. */
    public List<Proposal> open(RegisteredAgent<?, ?> agent, Path file) {
        var known = Files.exists(file) ? cases.read(file, agent.spec()) : List.<EvalCase>of();
        return journal.corrections(agent.name()).stream()
                .map(correction -> proposal(correction, known))
                .toList();
    }

    /**
     * The same correction, with what a person says is right.
     *
     * @param expected fields of the decision; masked as they are
     * @throws EvalException if it would be no case of the agent
     */
    public Proposal edited(RegisteredAgent<?, ?> agent, Proposal proposal, String label, JsonNode expected) {
        var line = proposal.line().deepCopy().put("label", label.strip());
        line.set("expected", redactor.file(expected));
        cases.check(line.toString(), agent.spec());
        return new Proposal(proposal.correction(), proposal.set(), line, proposal.twin());
    }

    /** Appends the case to the file and closes the correction. False, and nothing is written, if another has closed it before. */
    public boolean accept(Proposal proposal, Path file) {
        if (!journal.close(proposal.correction().id(), true)) {
            return false;
        }
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            var begin = Files.exists(file) && !Files.readString(file).endsWith("\n") ? "\n" : "";
            Files.writeString(
                    file, begin + proposal.line() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            return true;
        } catch (IOException e) {
            journal.reopen(proposal.correction().id());
            throw new UncheckedIOException("Cannot write %s; the proposed case stays open".formatted(file), e);
        }
    }

    public boolean reject(UUID correction) {
        return journal.close(correction, false);
    }

    private Proposal proposal(OpenCorrection correction, List<EvalCase> known) {
        var item = redactor.file(tree(correction.item()));
        var words = words(item);
        var twin = known.stream()
                .filter(each -> likeness(words, words(each.item())) >= NEAR)
                .findFirst();
        var set = twin.map(EvalCase::set).orElseGet(() -> set(item));
        var line = json.createObjectNode()
                .put("id", id(correction.id()))
                .put("set", set.name().toLowerCase(Locale.ROOT))
                .put("label", correction.correctLabel())
                .put("source", "feedback of entry " + correction.entryId());
        if (correction.note() != null) {
            line.set("note", redactor.file(json.getNodeFactory().textNode(correction.note())));
        }
        line.set("expected", redactor.file(tree(correction.correct())));
        line.set("item", item);
        return new Proposal(correction, set, line, twin.map(EvalCase::id));
    }

    /** The last part of a UUID of version 7 is random. */
    private static String id(UUID correction) {
        return "feedback-" + correction.toString().substring(24);
    }

    /** By the content of the item: the same item never gets into both sets, in whatever order corrections come. */
    private static CaseSet set(JsonNode item) {
        var words = String.join(" ", words(item));
        return Math.floorMod(UUID.nameUUIDFromBytes(words.getBytes(UTF_8)).hashCode(), 10) < DEV_OF_TEN
                ? CaseSet.DEV
                : CaseSet.HOLDOUT;
    }

    private static Set<String> words(JsonNode item) {
        return NO_WORD.splitAsStream(item.toString().toLowerCase(Locale.ROOT))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The words that both have, of all that one of them has. */
    private static double likeness(Set<String> one, Set<String> other) {
        var both = new HashSet<>(one);
        both.retainAll(other);
        var all = one.size() + other.size() - both.size();
        return all == 0 ? 1 : (double) both.size() / all;
    }

    private JsonNode tree(String text) {
        try {
            return json.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
