package dev.drydock.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.alert.SendTestAlert;
import dev.drydock.alert.SendTestAlert.Answer;
import io.quarkus.runtime.QuarkusApplication;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code alert-test}: sends a test alert through each channel. */
@Command(
        name = "alert-test",
        description = "Sends a test alert through every configured channel, and prints each answer.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all channels accepted it", "1:some did not", "2:wrong usage or settings"})
final class AlertTestCommand implements Runnable {

    @Option(names = "--json", description = "Print the answers as JSON.")
    boolean json;

    @Override
    public void run() {
        OneShot.run(Once.class, json);
    }

    /** Runs when the application has started. */
    public static final class Once implements QuarkusApplication {

        private final SendTestAlert channels;
        private final ObjectMapper json;

        Once(SendTestAlert channels, ObjectMapper json) {
            this.channels = channels;
            this.json = json;
        }

        @Override
        public int run(String... arguments) throws JsonProcessingException {
            var answers = channels.send();
            if (arguments.length > 0) {
                System.out.println(json.writeValueAsString(answers));
            } else {
                answers.forEach(answer -> System.out.printf(
                        "%-14s %-8s %s%n", answer.channel(), answer.taken() ? "ok" : "FAILED", answer.answer()));
                if (answers.size() == 1) {
                    System.out.println(
                            "Only the log is configured. See docs/alerts.md for channels that notify a person.");
                }
            }
            return answers.stream().allMatch(Answer::taken) ? ProcessExit.COMPLETED : ProcessExit.FAILED;
        }
    }
}
