package dev.drydock.judge.eval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drydock.agent.Item;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.ModelCall;
import dev.drydock.run.DecideTrial.Result;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Compares what an agent decided about a case with what is right. */
final class MeasureCase {

    private final ObjectMapper json;

    MeasureCase(ObjectMapper json) {
        this.json = json;
    }

    /** @param texts whether each text that the case expects is as expected; empty if the case was not decided */
    <I extends Item, D> CaseResult measure(
            RegisteredAgent<I, D> agent, EvalCase each, Result<D> result, Map<String, Boolean> texts) {
        var decided = result instanceof Result.Decided<D> one ? one : null;
        var failed = result instanceof Result.Failed<D> one ? one : null;
        var fields = new TreeMap<String, Boolean>();
        var given = decided == null ? null : json.<JsonNode>valueToTree(decided.decision());
        var expectedTexts = ExpectedText.in(each.expected(), agent.spec().decisionType());
        each.expected()
                .properties()
                .forEach(field -> fields.put(
                        field.getKey(),
                        expectedTexts.containsKey(field.getKey())
                                ? texts.getOrDefault(field.getKey(), false)
                                : given != null && isAlike(field.getValue(), given.path(field.getKey()))));
        var costs = result.calls().stream().map(ModelCall::costUsd).toList();
        return new CaseResult(
                each.id(),
                each.set(),
                each.label(),
                decided == null ? null : decided.label(),
                decided != null && isDangerous(agent, each, decided.decision()),
                fields,
                decided != null && decided.byRule(),
                failed == null ? null : failed.fault(),
                costs.contains(null)
                        ? null
                        : costs.stream()
                                .filter(Objects::nonNull)
                                .reduce(BigDecimal.ZERO, BigDecimal::add)
                                .stripTrailingZeros(),
                costs.isEmpty()
                        ? null
                        : result.calls().stream()
                                .mapToLong(call -> call.latency().toMillis())
                                .sum());
    }

    private static boolean isAlike(JsonNode expected, JsonNode given) {
        if (expected.isNumber() && given.isNumber()) {
            return expected.decimalValue().compareTo(given.decimalValue()) == 0;
        }
        return expected.isTextual()
                ? expected.asText().strip().equalsIgnoreCase(given.asText().strip())
                : expected.equals(given);
    }

    /** The right decision is the given one with the expected fields in place of its own; texts do not count. */
    private <I extends Item, D> boolean isDangerous(RegisteredAgent<I, D> agent, EvalCase each, D decision) {
        var right = json.<ObjectNode>valueToTree(decision);
        var expected = (ObjectNode) each.expected().deepCopy();
        expected.remove(ExpectedText.in(expected, agent.spec().decisionType()).keySet());
        right.setAll(expected);
        try {
            return agent.spec()
                    .dangerous()
                    .test(json.treeToValue(right, agent.spec().decisionType()), decision);
        } catch (JsonProcessingException e) {
            throw new EvalException("the case %s: \"expected\" does not fit %s: %s"
                    .formatted(each.id(), agent.spec().decisionType().getSimpleName(), e.getOriginalMessage()));
        }
    }
}
