package dev.drydock.console.page;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drydock.agent.Item;
import dev.drydock.config.Agents;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.Entry;
import dev.drydock.journal.Json;
import dev.drydock.model.DecisionSchemas;
import dev.drydock.model.DecisionSchemas.Field;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A decision for people: its fields with their descriptions, and the output that it makes. */
@Singleton
class ShowDecision {

    /**
     * What would be delivered, or was.
     *
     * @param text null if the agent has no {@code preview}, or if it failed
     * @param fault why there is no text; null without a fault
     */
    record Preview(@Nullable String text, @Nullable String fault) {

        static final Preview NONE = new Preview(null, null);
    }

    private final Agents agents;
    private final DecisionSchemas schemas;
    private final Json json;

    ShowDecision(Agents agents, DecisionSchemas schemas, Json json) {
        this.agents = agents;
        this.schemas = schemas;
        this.json = json;
    }

    /** None before the decision. Fields that the record does not have any more come last. */
    List<DecisionField> fields(Entry entry, @Nullable String original) {
        if (entry.decision() == null) {
            return List.of();
        }
        var decision = json.tree(entry.decision());
        var before = original == null ? null : json.tree(original);
        var fields = new ArrayList<Field>(agents.named(entry.agent())
                .map(agent -> schemas.fields(agent.spec().decisionType()))
                .orElse(List.of()));
        var known = fields.stream().map(Field::name).toList();
        decision.properties().stream()
                .filter(property -> !known.contains(property.getKey()))
                .forEach(property -> fields.add(DecisionField.undescribed(property.getKey(), property.getValue())));
        return fields.stream()
                .map(field -> DecisionField.of(field, decision, before))
                .toList();
    }

    /** The values that the form of this request has for the fields of the decision. */
    Map<String, JsonNode> entered(Entry entry) {
        var values = new LinkedHashMap<String, JsonNode>();
        if (entry.decision() != null) {
            var decision = json.tree(entry.decision());
            for (var field : fields(entry, null)) {
                FormFields.get(DecisionField.PREFIX + field.name())
                        .ifPresent(entered -> values.put(field.name(), field.read(entered, decision, json)));
            }
        }
        return values;
    }

    /** Asks the agent. Never throws: an agent of today may not know what to make of an old item. */
    Preview preview(Entry entry, @Nullable String item) {
        var agent = agents.named(entry.agent());
        return agent.isEmpty() || item == null || entry.decision() == null
                ? Preview.NONE
                : preview(agent.get(), item, entry.decision());
    }

    private <I extends Item, D> Preview preview(RegisteredAgent<I, D> agent, String item, String decision) {
        try {
            var spec = agent.spec();
            return new Preview(
                    agent.agent()
                            .preview(json.read(item, spec.itemType()), json.read(decision, spec.decisionType()))
                            .orElse(null),
                    null);
        } catch (RuntimeException e) {
            return new Preview(null, "%s: %s".formatted(e.getClass().getSimpleName(), e.getMessage()));
        }
    }
}
