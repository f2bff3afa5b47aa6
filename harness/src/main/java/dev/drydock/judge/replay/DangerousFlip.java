package dev.drydock.judge.replay;

import dev.drydock.agent.Item;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.Json;
import jakarta.inject.Singleton;

/** Asks the agent's spec whether another decision would be dangerous, if that of production was right. */
@Singleton
class DangerousFlip {

    private final Json json;

    DangerousFlip(Json json) {
        this.json = json;
    }

    /** False if production's decision is none, or not one of today's decision record. */
    <I extends Item, D> boolean is(RegisteredAgent<I, D> agent, Lane production, D other) {
        if (production.decision() == null) {
            return false;
        }
        try {
            var right = json.read(production.decision().toString(), agent.spec().decisionType());
            return agent.spec().dangerous().test(right, other);
        } catch (RuntimeException e) {
            return false;
        }
    }
}
