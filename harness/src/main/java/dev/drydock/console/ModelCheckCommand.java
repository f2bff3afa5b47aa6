package dev.drydock.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.config.Agents;
import dev.drydock.journal.CallHistory.OutputTokens;
import dev.drydock.journal.ModelChecks;
import dev.drydock.model.CheckModels;
import dev.drydock.model.CheckModels.Findings;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code model-check}: what the configured model servers can do. */
@Command(
        name = "model-check",
        description = "Asks the configured model servers what they can do.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:usable",
            "1:not usable",
            "2:wrong usage or settings",
            "8:usable with the settings that are printed"
        })
final class ModelCheckCommand implements Runnable {

    @Option(names = "--json", description = "Print the findings as JSON.")
    boolean json;

    @Override
    public void run() {
        OneShot.run(true, Once.class, json ? new String[] {"--json"} : new String[0]);
    }

    /** The findings as JSON. */
    @RegisterForReflection
    record Report(
            String server,
            boolean usable,
            List<Findings> models,
            Map<String, OutputTokens> outputTokens,
            @Nullable String outputSetting) {}

    /** Runs when the application has started. */
    public static final class Once implements QuarkusApplication {

        private static final int USABLE_WITH_SETTINGS = 8;

        private final CheckModels models;
        private final ModelChecks checks;
        private final Agents agents;
        private final ModelLimits limits;
        private final ObjectMapper json;

        Once(CheckModels models, ModelChecks checks, Agents agents, ModelLimits limits, ObjectMapper json) {
            this.models = models;
            this.checks = checks;
            this.agents = agents;
            this.limits = limits;
            this.json = json;
        }

        @Override
        public int run(String... arguments) throws JsonProcessingException {
            System.err.printf(
                    "Asks %s at %s. This costs %s.%n",
                    String.join(", ", models.models().keySet()),
                    models.server(),
                    models.atMostUsd()
                            .map(usd -> "at most " + usd.stripTrailingZeros().toPlainString() + " USD")
                            .orElse("what some 20 short answers cost: a price is not known"));
            var findings = models.check(System.err::println);
            for (var model : findings) {
                checks.store(model.model(), json.writeValueAsString(model));
            }
            var usable = findings.stream().allMatch(Findings::usable);
            if (arguments.length > 0) {
                var report = new Report(
                        models.server(),
                        usable,
                        findings,
                        outputTokens(),
                        limits.outputSetting().orElse(null));
                System.out.println(json.writeValueAsString(report));
            } else {
                findings.forEach(Once::print);
                printOutputTokens();
            }
            if (!usable) {
                return ProcessExit.FAILED;
            }
            return findings.stream().allMatch(model -> model.settings().isEmpty())
                    ? ProcessExit.COMPLETED
                    : USABLE_WITH_SETTINGS;
        }

        private Map<String, OutputTokens> outputTokens() {
            var tokens = new TreeMap<String, OutputTokens>();
            agents.all()
                    .forEach(agent ->
                            limits.outputTokens(agent.name()).ifPresent(found -> tokens.put(agent.name(), found)));
            return tokens;
        }

        private void printOutputTokens() {
            outputTokens()
                    .forEach((agent, tokens) -> System.out.printf(
                            "%n%s: 99 of 100 answers have at most %,d tokens (the latest %,d); requests reserve %,d.%n",
                            agent, tokens.p99(), tokens.answers(), tokens.reserved()));
            limits.outputSetting()
                    .ifPresent(setting -> System.out.printf(
                            "  If the provider limits the tokens of a minute, it counts what is reserved. Then set:%n%s%n",
                            setting));
        }

        private static void print(Findings model) {
            System.out.printf("%n%s (%s)%n", model.model(), model.role());
            model.findings()
                    .forEach(found -> System.out.printf(
                            "  %-16s %-4s %s%n", found.question(), found.ok() ? "ok" : "MISS", found.result()));
            if (!model.usable()) {
                System.out.println("  Not usable.");
            } else if (!model.settings().isEmpty()) {
                System.out.println("  Usable with these settings in src/main/resources/application.properties:");
                model.settings().forEach(System.out::println);
            }
        }
    }
}
