package dev.drydock.judge.eval;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.agent.Item;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.SkipReason;
import dev.drydock.judge.eval.EvalAgent.Outcome;
import dev.drydock.judge.eval.EvalCase.CaseSet;
import dev.drydock.judge.eval.EvalReport.Repeats;
import dev.drydock.judge.eval.EvalTrial.Replacement;
import dev.drydock.redact.Redactor;
import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The command {@code eval}: decides the cases of an agent, compares the result, and judges it. */
@Singleton
public class RunEval {

    /** Where the files of evals are. */
    public record Folders(Path evals, Path docs) {

        /** Below the working directory. */
        public static final Folders OF_PROJECT = new Folders(Path.of("evals"), Path.of("docs"));

        /** Whether the agent has labelled cases. */
        public boolean hasCases(String agent) {
            return Files.exists(cases(agent));
        }

        Path cases(String agent) {
            return evals.resolve(agent).resolve("cases.jsonl");
        }

        Path baseline(String agent) {
            return evals.resolve(agent).resolve("baseline.json");
        }
    }

    /** Told how far an eval is. */
    @FunctionalInterface
    public interface Progress {

        void decided(int cases, int of);
    }

    private final ReadCases cases;
    private final EvalAgent evals;
    private final ObjectMapper json;
    private final Redactor redactor;
    private final InstantSource clock;

    RunEval(ReadCases cases, EvalAgent evals, ObjectMapper json, Redactor redactor, InstantSource clock) {
        this.cases = cases;
        this.evals = evals;
        this.json = json;
        this.redactor = redactor;
        this.clock = clock;
    }

    /** Fails with {@link EvalException} if the files or the options do not permit it. */
    public EvalReport run(RegisteredAgent<?, ?> agent, EvalOptions options, Folders folders, Progress progress)
            throws InterruptedException {
        options.check();
        var folder = folders.evals().resolve(agent.name());
        var all = cases.read(folders.cases(agent.name()), agent.spec());
        var some = all.stream()
                .filter(each -> options.set() == null || each.set() == options.set())
                .toList();
        if (some.isEmpty()) {
            throw new EvalException("%s has no case of the set %s".formatted(folder, options.set()));
        }
        var recordings = Recordings.read(folder.resolve("recordings"), json, redactor);
        var measured = new Eval<>(agent, some, recordings, options, progress);
        var report = measure(measured, folder, folders.docs());
        if (options.record()) {
            if (options.set() == null && options.variant().isNone() && report.isMeasured()) {
                recordings.removeUnused();
            }
            recordings.write();
        }
        return report;
    }

    private record Eval<I extends Item, D>(
            RegisteredAgent<I, D> agent,
            List<EvalCase> cases,
            Recordings recordings,
            EvalOptions options,
            Progress progress) {}

    private EvalReport measure(Eval<?, ?> eval, Path folder, Path docs) throws InterruptedException {
        var options = eval.options();
        var file = Optional.ofNullable(options.baseline()).orElse(folder.resolve("baseline.json"));
        var files = new EvalFiles(json);
        var current = decide(eval, Replacement.NONE);
        if (!(current instanceof Outcome.Measured first)) {
            return unmeasured(eval, current);
        }
        if (!options.variant().isNone()) {
            var tried = decide(eval, options.variant());
            return tried instanceof Outcome.Measured variant
                    ? EvalReport.compared(eval.agent().name(), "current", first.result(), variant.result())
                    : unmeasured(eval, tried);
        }
        var ids = eval.cases().stream().map(EvalCase::id).collect(Collectors.toSet());
        var baseline = files.baseline(file).map(result -> ofSet(result, options.set(), ids));
        var report = baseline.isPresent()
                ? EvalReport.compared(eval.agent().name(), "baseline", baseline.get(), first.result())
                : EvalReport.alone(eval.agent().name(), first.result());
        if (options.updateBaseline()) {
            files.writeBaseline(file, first.result());
            if (baseline.isEmpty() || !sameQuestion(baseline.get(), first.result())) {
                var today = LocalDate.ofInstant(
                        clock.instant(), eval.agent().settings().zone());
                files.appendChange(
                        docs.resolve("prompt-changelog.md"),
                        eval.agent().name(),
                        today,
                        first.result(),
                        report.comparison().map(made -> made.labels().verdict()).orElse("the first baseline"));
            }
            report = report.accepted(file);
        }
        return options.repeat() > 1 ? report.repeated(repeat(eval, first.result())) : report;
    }

    /** The baseline's cases of a set; a case that moved to another set is compared where it is now. */
    private static EvalResult ofSet(EvalResult baseline, @Nullable CaseSet set, Set<String> ids) {
        return set == null ? baseline : baseline.only(each -> each.set() == set || ids.contains(each.id()));
    }

    private static boolean sameQuestion(EvalResult one, EvalResult other) {
        return one.model().equals(other.model()) && one.prompts().equals(other.prompts());
    }

    private Outcome decide(Eval<?, ?> eval, Replacement variant) throws InterruptedException {
        var of = eval.cases().size();
        return evals.run(
                eval.agent(),
                eval.cases(),
                eval.options().trial(eval.recordings(), variant),
                decided -> eval.progress().decided(decided, of));
    }

    /** The cases that were not decided alike each time; stops where the model fails. */
    private Repeats repeat(Eval<?, ?> eval, EvalResult first) throws InterruptedException {
        var results = new ArrayList<>(List.of(first));
        while (results.size() < eval.options().repeat()
                && decide(eval, Replacement.NONE) instanceof Outcome.Measured again) {
            results.add(again.result());
        }
        var changing = eval.cases().stream()
                .map(EvalCase::id)
                .filter(id -> results.stream()
                                .map(result -> result.of(id).map(CaseResult::decided))
                                .distinct()
                                .count()
                        > 1)
                .toList();
        return new Repeats(results.size(), eval.cases().size(), changing);
    }

    private static EvalReport unmeasured(Eval<?, ?> eval, Outcome outcome) {
        if (outcome instanceof Outcome.NotRecorded missing) {
            return EvalReport.notMeasured(
                    eval.agent().name(),
                    EvalReport.Verdict.NOT_RECORDED,
                    "%d of %d cases need an answer that is not recorded: %s. %s"
                            .formatted(
                                    missing.cases(), eval.cases().size(), missing.fault(), howToRecord(eval, missing)));
        }
        var down = (Outcome.Unmeasured) outcome;
        return EvalReport.notMeasured(
                eval.agent().name(),
                down.reason() == SkipReason.BUDGET_SPENT
                        ? EvalReport.Verdict.BUDGET_SPENT
                        : EvalReport.Verdict.MODEL_FAILED,
                down.fault());
    }

    private static String howToRecord(Eval<?, ?> eval, Outcome.NotRecorded missing) {
        if (!missing.fault().contains(" offline-")) {
            return "Record them with the option --record, which costs "
                    + (missing.atMostUsd() == null
                            ? "an unknown amount: the model has no price under drydock.models"
                            : "at most %s USD"
                                    .formatted(missing.atMostUsd()
                                            .stripTrailingZeros()
                                            .toPlainString()));
        }
        return eval.options().variant().isNone()
                ? "Record them, which costs nothing: ./mvnw test -Dtest='*CycleTest' -Devals.record"
                : "A model must answer another prompt: set OPENAI_API_KEY and DATABASE_URL, and add the option --record";
    }
}
