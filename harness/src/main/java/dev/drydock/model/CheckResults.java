package dev.drydock.model;

import dev.drydock.model.CheckModels.Findings;
import dev.drydock.model.CheckModels.Findings.Finding;
import dev.drydock.model.ModelQuestions.Asked;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Collects the findings about one model and the settings to add, and reports each as progress. */
final class CheckResults {

    private final Asked asked;
    private final @Nullable Integer configuredContext;
    private final OptionalInt contextAsRead;
    private final Consumer<String> progress;
    private final List<Finding> findings = new ArrayList<>();
    private final List<String> settings = new ArrayList<>();

    CheckResults(
            Asked asked, @Nullable Integer configuredContext, OptionalInt contextAsRead, Consumer<String> progress) {
        this.asked = asked;
        this.configuredContext = configuredContext;
        this.contextAsRead = contextAsRead;
        this.progress = progress;
    }

    Findings findings(boolean usable) {
        return new Findings(asked.role(), asked.model(), usable, findings, settings);
    }

    void found(String question, boolean ok, String result) {
        findings.add(new Finding(question, ok, result));
        progress.accept("%s %s: %s: %s".formatted(asked.role(), asked.model(), question, result));
    }

    void set(String setting) {
        settings.add("drydock.models.\"%s\".%s".formatted(asked.model(), setting));
    }

    /** What an answer tells besides its text. */
    void answered(ModelAnswer answer) {
        var usage = answer.usage();
        var complete = usage.countsInput() && usage.countsOutput();
        found(
                "usage",
                complete,
                usage.asSent() == null
                        ? "missing: counted by Drydock"
                        : "%d in, %d out%s%s"
                                .formatted(
                                        usage.billedInput(),
                                        usage.billedOutput(),
                                        usage.cached() == null ? "" : ", cached",
                                        usage.reasoning() == null ? "" : ", reasoning"));
        found("answering model", true, answer.model() == null ? "not named" : answer.model());
        var named = answer.namedCost();
        var priced = asked.price() != null || named != null;
        found("price known", priced, named != null ? "named by " + named.origin() : priced ? "yes" : "no");
        if (!priced) {
            set("input-usd=");
            set("output-usd=");
        }
    }

    void context() {
        var read = contextAsRead.isPresent() ? String.valueOf(contextAsRead.getAsInt()) : "not told";
        var fits =
                contextAsRead.isEmpty() || configuredContext == null || configuredContext <= contextAsRead.getAsInt();
        found(
                "context",
                fits,
                "%s by the server, %s configured"
                        .formatted(read, configuredContext == null ? "none" : configuredContext));
        if (!fits) {
            set("context-tokens=" + read);
        }
    }

    void latency(AskModel server) {
        var sorted = server.latencies().stream().sorted().toList();
        found("latency", true, "p50 %d ms, p95 %d ms".formatted(at(sorted, 50), at(sorted, 95)));
        found("Retry-After", true, server.paused() ? "kept" : "not asked for");
    }

    private static long at(List<Duration> sorted, int percent) {
        return sorted.get((sorted.size() - 1) * percent / 100).toMillis();
    }
}
