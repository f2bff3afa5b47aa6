package dev.drydock.agent;

import java.util.List;
import java.util.Optional;

/**
 * One scheduled agent: reads the world, decides, changes the world.
 *
 * <p>Implement this in one {@code @ApplicationScoped} class; the harness finds it, runs it on its schedule, and answers
 * for retries, idempotency, delivery and the record of it all. Each verb has one effect, and keeping to it is the whole
 * contract:
 *
 * <ol>
 *   <li>{@link #fetch} reads;
 *   <li>{@link #rule}, {@link #decide} and {@link #preview} think;
 *   <li>{@link #deliver} writes.
 * </ol>
 *
 * <p>The verbs are called from several threads at once, so keep no state between calls. Annotate the class with
 * {@code @RegisterForReflection} too: items and decisions are stored as JSON, and a native executable only knows the
 * records that it was told of (nested records are covered by their class).
 *
 * <p>An agent that digests many things into one (a morning briefing, say) is an agent whose {@code fetch} returns one
 * item: the day's batch.
 *
 * @param <I> what is read: a record of plain values, stored as JSON
 * @param <D> what is decided about it: a record of plain values, stored as JSON
 */
public interface Agent<I extends Item, D> {

    /** Names the agent and its two record types. Called once, at start. */
    AgentSpec<I, D> spec();

    /**
     * Reads what changed in the window. No side effects.
     *
     * <p>Called once a cycle; called again, with a pause, when it throws. If it keeps throwing, the cycle is skipped and
     * the next one's window covers the gap. Windows overlap, so the same item comes more than once: return it each
     * time, it is decided once for each {@link Item#id id} and {@link Item#version version}.
     *
     * <p>Return the newest items last: they are decided last, and an agent's first run decides only the last 100.
     */
    List<I> fetch(Window window) throws Exception;

    /**
     * A decision that needs no model. Tried first, so that known cases cost nothing. No side effects.
     *
     * @return the decision, or empty to ask the model
     */
    default Optional<D> rule(I item) {
        return Optional.empty();
    }

    /**
     * Asks the model. No side effects: shadow mode, replay and evals call it again.
     *
     * <p>Called once for each item, on its own; called again, with a pause, when it throws something that may pass. An
     * item that cannot be decided stays open and is tried in the next cycle, {@code drydock.poison-after} cycles long;
     * then it is set aside as {@code POISONED}. When the model itself is unreachable, items wait and nothing is counted
     * against them.
     */
    D decide(I item) throws Exception;

    /**
     * What {@link #deliver} would send, as its receiver reads it. No side effects.
     *
     * <p>The page shows it beside the decision: in shadow mode to say what would have gone out, in review mode to say what an
     * approval sends. Called each time somebody looks, also for decisions of long ago. What it throws is shown instead.
     *
     * @return plain text, or empty where the decision says it all
     */
    default Optional<String> preview(I item, D decision) {
        return Optional.empty();
    }

    /**
     * Changes the world. Called at least once for each decision, always with the same key; never in shadow mode.
     *
     * <p>Hand the key on to whatever receives the output, so that a second call does no harm: a file's name, an
     * {@code Idempotency-Key} header, a unique column. Called again later, with growing pauses, when it throws;
     * {@link UndeliverableException} says that there is no use in trying again.
     *
     * <p>Where a second call must never happen, {@code drydock.agents.NAME.delivery=at-most-once} has it called once
     * and asks a person when the answer stays unknown.
     *
     * @return what the receiver answered, kept beside the delivery
     */
    Receipt deliver(I item, D decision, DeliveryKey key) throws Exception;
}
