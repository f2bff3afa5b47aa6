package dev.drydock.agent;

import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What the harness must know of an agent before it runs.
 *
 * <pre>{@code
 * AgentSpec.of("triage", Message.class, Triage.class)
 *         .labelledBy(triage -> triage.category().name())
 *         .scheduled("every 5m")
 * }</pre>
 *
 * @param name lower-case letters and digits, so that an environment variable can spell it; stands in settings ({@code drydock.agents.NAME.mode}), in the API
 *     and in delivery keys, so that renaming an agent makes it a new one
 * @param label the class a decision falls into, for distributions and evals; one of a few
 * @param dangerous whether deciding the second where the first was right is worse than an ordinary mistake
 * @param schedule used where no {@code DRYDOCK_SCHEDULE} is set: {@code every 5m}, a cron expression of five fields, or
 *     {@code off}
 * @param effects by label, the tool that does what a decision with this label says was done
 * @param expectations what a good run looks like; a run that completes and breaks one is HOLLOW
 */
public record AgentSpec<I extends Item, D>(
        String name,
        Class<I> itemType,
        Class<D> decisionType,
        Function<D, String> label,
        BiPredicate<D, D> dangerous,
        String schedule,
        Map<String, String> effects,
        List<Expectation> expectations) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*");

    public AgentSpec {
        if (!NAME.matcher(name).matches() || name.length() > 40) {
            throw new IllegalArgumentException(
                    "an agent's name is at most 40 lower-case letters and digits, not \"%s\"".formatted(name));
        }
        effects = Map.copyOf(effects);
        expectations = List.copyOf(expectations);
    }

    /** A spec with every decision labelled alike, no dangerous mistakes, and a cycle every five minutes. */
    public static <I extends Item, D> AgentSpec<I, D> of(String name, Class<I> itemType, Class<D> decisionType) {
        return new AgentSpec<>(
                name,
                itemType,
                decisionType,
                decision -> "decided",
                (expected, actual) -> false,
                "every 5m",
                Map.of(),
                List.of());
    }

    public AgentSpec<I, D> labelledBy(Function<D, String> label) {
        return new AgentSpec<>(name, itemType, decisionType, label, dangerous, schedule, effects, expectations);
    }

    /** Takes what would have been right, then what was decided. */
    public AgentSpec<I, D> dangerousWhen(BiPredicate<D, D> dangerous) {
        return new AgentSpec<>(name, itemType, decisionType, label, dangerous, schedule, effects, expectations);
    }

    public AgentSpec<I, D> scheduled(String schedule) {
        return new AgentSpec<>(name, itemType, decisionType, label, dangerous, schedule, effects, expectations);
    }

    /**
     * Which labels claim that something was done, and the name of the {@link SideEffect} tool that does it. A decision with
     * such a label is HELD in every mode unless this tool was called for it; in shadow and review mode, the call need only
     * be proposed. The start ends if there is no such tool.
     *
     * <pre>{@code
     * .effects(Map.of("REFUNDED", "refund"))
     * }</pre>
     */
    public AgentSpec<I, D> effects(Map<String, String> effects) {
        return new AgentSpec<>(name, itemType, decisionType, label, dangerous, schedule, effects, expectations);
    }

    /**
     * What a good run looks like. A run that completes and breaks one of these is HOLLOW: it does not count as completed, and its
     * outputs are held until a person approves or rejects them. In live mode, outputs wait until their run is judged.
     *
     * <pre>{@code
     * .expecting(items(20, 500), share("OTHER", 0, 0.3))
     * }</pre>
     */
    public AgentSpec<I, D> expecting(Expectation... expectations) {
        return new AgentSpec<>(
                name, itemType, decisionType, label, dangerous, schedule, effects, List.of(expectations));
    }
}
