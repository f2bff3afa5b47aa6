/**
 * The only way to a language model: records, budgets, truncation, repair, routing, rate limits. Start at {@link
 * dev.drydock.model.ModelDoor}: a request passes the {@linkplain dev.drydock.model.ModelInterceptor interceptors} in the order of their
 * priorities, each of which has the name of what it does.
 *
 * <ul>
 *   <li>What is asked and answered: {@link dev.drydock.model.ModelRequest}, {@link dev.drydock.model.ModelAnswer}; for which entry:
 *       {@link dev.drydock.model.DecisionContext}; in an eval or a replay: {@link dev.drydock.model.Trial}.
 *   <li>What an answer is held to: {@link dev.drydock.model.AnswerSchema}, {@link dev.drydock.model.RepairAnswer}.
 *   <li>How many calls a server takes: {@link dev.drydock.model.RateLimit}, {@link dev.drydock.model.AdaptiveLimit}.
 *   <li>What a call costs, and may cost: {@link dev.drydock.model.CallCost}, {@link dev.drydock.model.ReserveBudget}.
 *   <li>Why a call gave no answer: {@link dev.drydock.model.ModelFault}, {@link dev.drydock.model.ReadFault}.
 *   <li>Batches: {@link dev.drydock.model.Batches}. The command {@code model-check}: {@link dev.drydock.model.CheckModels}.
 * </ul>
 */
@NullMarked
package dev.drydock.model;

import org.jspecify.annotations.NullMarked;
