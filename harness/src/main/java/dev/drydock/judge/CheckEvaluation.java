package dev.drydock.judge;

import static dev.drydock.judge.ChecklistLine.fails;
import static dev.drydock.judge.ChecklistLine.holds;
import static dev.drydock.judge.ChecklistLine.seen;
import static dev.drydock.judge.ChecklistLine.unseen;

import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.CheckFigures.Entries;
import dev.drydock.journal.Observations;
import dev.drydock.journal.Observations.Kind;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The lines about evaluation, out of the files of a checkout and of what people did. */
@Singleton
class CheckEvaluation {

    private static final int CASES = 200;
    private static final Pattern HOLDOUT = Pattern.compile("\"set\": ?\"HOLDOUT\"");
    private static final Duration WEEKLY = Duration.ofDays(8);
    private static final String CHECKOUT = "Run ./drydock check in a checkout";

    private static final int AGREEMENT_DAYS = 90;

    private final Observations observations;
    private final MeasureAgreement agreement;

    CheckEvaluation(Observations observations, MeasureAgreement agreement) {
        this.observations = observations;
        this.agreement = agreement;
    }

    /**
     * @param checkout the folder with the agents' evals; files that are not there count as not seen outside of a checkout
     */
    List<ChecklistLine> lines(Collection<RegisteredAgent<?, ?>> agents, Entries entries, Instant now, Path checkout) {
        var inCheckout = Files.exists(checkout.resolve("pom.xml"));
        return List.of(
                inCheckout ? workflow(checkout) : unseen(ChecklistItem.E1, "no checkout here", CHECKOUT),
                inCheckout ? baseline(agents, checkout) : unseen(ChecklistItem.E2, "no checkout here", CHECKOUT),
                scorecard(now),
                seen(
                        ChecklistItem.E4,
                        entries.judged() > 0,
                        judged(agents, entries),
                        "Let people judge outputs: docs/feedback.md, or DRYDOCK_MODE=review"),
                inCheckout ? cases(agents, checkout) : unseen(ChecklistItem.T1, "no checkout here", CHECKOUT),
                inCheckout ? changelog(checkout) : unseen(ChecklistItem.T2, "no checkout here", CHECKOUT));
    }

    private String judged(Collection<RegisteredAgent<?, ?>> agents, Entries entries) {
        return Stream.concat(
                        Stream.of("%,d outputs approved, rejected or given feedback on".formatted(entries.judged())),
                        agents.stream()
                                .map(agent -> agent.name() + ": "
                                        + agreement
                                                .report(agent.name(), AGREEMENT_DAYS)
                                                .all()
                                                .sentence()))
                .collect(Collectors.joining("; "));
    }

    private static ChecklistLine workflow(Path checkout) {
        var folder = checkout.resolve(".github/workflows");
        var found = files(folder)
                .filter(file -> count(file, line -> line.contains("drydock eval")) > 0)
                .toList();
        return found.isEmpty()
                ? fails(
                        ChecklistItem.E1,
                        "no workflow in .github/workflows calls ./drydock eval",
                        "cp -R harness/templates/ci/github/. .")
                : holds(ChecklistItem.E1, "in " + found.get(0).getFileName());
    }

    /** A baseline has one case a line. */
    private static ChecklistLine baseline(Collection<RegisteredAgent<?, ?>> agents, Path checkout) {
        var evidence = new ArrayList<String>();
        for (var agent : agents) {
            var file = checkout.resolve("evals").resolve(agent.name()).resolve("baseline.json");
            var holdout = count(file, line -> HOLDOUT.matcher(line).find());
            if (holdout == 0) {
                return fails(
                        ChecklistItem.E2,
                        "no holdout case in evals/%s/baseline.json".formatted(agent.name()),
                        "./drydock eval %s --update-baseline".formatted(agent.name()));
            }
            evidence.add("%s: %,d holdout cases in its baseline".formatted(agent.name(), holdout));
        }
        return holds(ChecklistItem.E2, String.join("; ", evidence));
    }

    private ChecklistLine scorecard(Instant now) {
        var made = observations.find(Kind.SCORECARD, "");
        return seen(
                ChecklistItem.E3,
                made.filter(seen -> seen.seenAt().isAfter(now.minus(WEEKLY))).isPresent(),
                made.map(seen -> "last made at " + seen.seenAt()).orElse("none was made"),
                "Read it each week: ./drydock scorecard");
    }

    private static ChecklistLine cases(Collection<RegisteredAgent<?, ?>> agents, Path checkout) {
        var cases = agents.stream()
                .mapToLong(agent -> count(
                        checkout.resolve("evals").resolve(agent.name()).resolve("cases.jsonl"),
                        line -> !line.isBlank()))
                .sum();
        var evidence = "%,d cases in evals".formatted(cases);
        return cases >= CASES
                ? holds(ChecklistItem.T1, evidence)
                : fails(ChecklistItem.T1, evidence, "Add cases that were decided wrongly, and rare ones");
    }

    private static ChecklistLine changelog(Path checkout) {
        var changes = count(checkout.resolve("docs/prompt-changelog.md"), line -> line.matches("\\| \\d{4}-.*"));
        return changes > 0
                ? holds(ChecklistItem.T2, "%,d changes in docs/prompt-changelog.md".formatted(changes))
                : fails(
                        ChecklistItem.T2,
                        "no change in docs/prompt-changelog.md",
                        "Accept a better prompt: ./drydock eval AGENT --update-baseline");
    }

    private static long count(Path file, Predicate<String> line) {
        if (!Files.isRegularFile(file)) {
            return 0;
        }
        try (var lines = Files.lines(file)) {
            return lines.filter(line).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Stream.empty();
        }
        try (var files = Files.list(folder)) {
            return files.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
