package dev.drydock.console;

import dev.drydock.journal.HoldReason;
import dev.drydock.journal.Json;
import dev.drydock.journal.ProposedCall;
import dev.drydock.journal.ProposedCall.State;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What an approval does, in one sentence, before it is given. */
public final class Approval {

    private Approval() {}

    /**
     * Of one entry that is HELD.
     *
     * @param why what a person must know; null if there is nothing
     * @param shadow whether its agent is in shadow mode now
     */
    public static String sentence(
            @Nullable HoldReason reason, List<ProposedCall> calls, @Nullable String why, boolean shadow, Json json) {
        if (reason == HoldReason.CLAIM) {
            return "It cannot be approved as it is: %s.".formatted(why);
        }
        var unsure = calls.stream().filter(call -> call.state() == State.UNSURE).toList();
        if (!unsure.isEmpty()) {
            return "Nobody knows whether this was done: %s. Check it, then say so on the entry's page."
                    .formatted(list(unsure, json));
        }
        if (!calls.isEmpty()) {
            return "Does this: %s. Then it is decided again, with the result.".formatted(list(calls, json));
        }
        if (reason == HoldReason.APPROVAL) {
            return "Lets the next run decide it again.";
        }
        return shadow
                ? "Releases the output. It is sent when the agent leaves shadow mode."
                : reason == HoldReason.BRAKE
                        ? "Sends the output that was decided in live mode. No tool is called."
                        : "Sends the output. No tool is called.";
    }

    /** Whether a click is enough: nothing must be found out first, and the decision claims nothing that was not done. */
    public static boolean isPossible(@Nullable HoldReason reason, List<ProposedCall> calls) {
        return reason != HoldReason.CLAIM && calls.stream().noneMatch(call -> call.state() == State.UNSURE);
    }

    /** {@code refund (account A-1042, amount 29)}. */
    public static String call(ProposedCall call, Json json) {
        var arguments = json.tree(call.arguments());
        var given = arguments.properties().stream()
                .map(argument -> ReadableJson.words(argument.getKey()) + " " + ReadableJson.line(argument.getValue()))
                .collect(Collectors.joining(", "));
        var name = call.tool().substring(call.tool().lastIndexOf('.') + 1);
        return given.isEmpty() ? name : "%s (%s)".formatted(name, given);
    }

    private static String list(List<ProposedCall> calls, Json json) {
        return calls.stream().map(call -> call(call, json)).collect(Collectors.joining("; "));
    }
}
