package dev.drydock.judge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drydock.agent.Item;
import dev.drydock.config.Agents;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.Entry;
import dev.drydock.journal.Json;
import dev.drydock.journal.ProposedCall;
import dev.drydock.journal.SideEffectJournal;
import dev.drydock.model.DecisionSchemas;
import dev.drydock.model.SideEffects;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads a decision that a person has edited. It is held to the schema as a model's answer is, and to what it claims. */
@Singleton
public class ReadEdit {

    /**
     * A decision as it was edited.
     *
     * @param decision JSON of the agent's decision record
     * @param changed the fields that have other values than before; none if nothing was changed
     */
    public record Edit(String decision, String label, ObjectNode changed) {}

    private final Agents agents;
    private final DecisionSchemas schemas;
    private final SideEffectJournal sideEffects;
    private final Json json;

    ReadEdit(Agents agents, DecisionSchemas schemas, SideEffectJournal sideEffects, Json json) {
        this.agents = agents;
        this.schemas = schemas;
        this.sideEffects = sideEffects;
        this.json = json;
    }

    /**
     * Reads an edit; changes nothing.
     *
     * @param fields new values of some fields
     * @throws InvalidFeedbackException if it is no decision of the agent; says why
     */
    public Edit read(Entry entry, Map<String, JsonNode> fields) {
        var agent = agents.named(entry.agent())
                .orElseThrow(() -> new InvalidFeedbackException(
                        "The agent %s is not part of this program; its decisions cannot be edited here."
                                .formatted(entry.agent())));
        if (entry.decision() == null) {
            throw new InvalidFeedbackException("The entry has no decision to edit.");
        }
        return read(agent, entry, entry.decision(), fields);
    }

    private <I extends Item, D> Edit read(
            RegisteredAgent<I, D> agent, Entry entry, String stored, Map<String, JsonNode> fields) {
        var type = agent.spec().decisionType();
        var original = json.tree(stored);
        var edited = (ObjectNode) original.deepCopy();
        edited.setAll(fields);
        schemas.fault(type, original, edited).ifPresent(fault -> {
            throw new InvalidFeedbackException("The edited decision is not valid: %s.".formatted(fault));
        });
        var decision = decision(type, edited);
        var label = agent.spec().label().apply(decision);
        requireNoEmptyClaim(agent, label, sideEffects.of(entry.id()));
        return new Edit(json.write(decision), label, changed(original, edited));
    }

    private <D> D decision(Class<D> type, ObjectNode edited) {
        try {
            return json.read(edited.toString(), type);
        } catch (UncheckedIOException e) {
            throw new InvalidFeedbackException("The edited decision is not valid: %s.".formatted(e.getMessage()));
        }
    }

    private static void requireNoEmptyClaim(RegisteredAgent<?, ?> agent, String label, List<ProposedCall> calls) {
        var tool = agent.spec().effects().get(label);
        if (tool != null && calls.stream().noneMatch(call -> SideEffects.isCarriedOut(call, tool))) {
            throw new InvalidFeedbackException(
                    "The decision would say %s, and the tool %s was not called. Choose another value, or reject the entry."
                            .formatted(label, tool));
        }
    }

    /** The fields that have other values than before. */
    static ObjectNode changed(JsonNode original, ObjectNode edited) {
        var changed = edited.deepCopy();
        edited.fieldNames().forEachRemaining(name -> {
            if (Objects.equals(original.get(name), edited.get(name))) {
                changed.remove(name);
            }
        });
        return changed;
    }
}
