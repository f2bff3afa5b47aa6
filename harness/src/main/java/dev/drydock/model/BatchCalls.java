package dev.drydock.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drydock.journal.BatchedCalls;
import dev.drydock.journal.BatchedCalls.Call;
import dev.drydock.journal.BatchedCalls.State;
import dev.drydock.model.CallCost.Cost;
import dev.drydock.model.ModelFault.Kind;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where an agent's calls go in batches: stores each call for the next one, and ends the attempt at its entry. A later attempt asks
 * the same question, and finds the answer that was collected meanwhile.
 */
@Singleton
@Priority(ModelInterceptor.BATCH)
class BatchCalls implements ModelInterceptor {

    /** Money is held as long as a batch may take, and for the run that collects it. */
    private static final Duration LONGEST = Duration.ofHours(26);

    private static final HttpHeaders NO_HEADERS = HttpHeaders.of(Map.of(), (name, value) -> true);

    /** Agents that have calls in batches, though their setting may be off by now. */
    private final Set<String> open = ConcurrentHashMap.newKeySet();

    private final BatchedCalls batched;
    private final ChatCompletions completions;
    private final ReserveBudget budget;
    private final CallJournal calls;
    private final CallCost cost;

    BatchCalls(
            BatchedCalls batched, ChatCompletions completions, ReserveBudget budget, CallJournal calls, CallCost cost) {
        this.batched = batched;
        this.completions = completions;
        this.budget = budget;
        this.calls = calls;
        this.cost = cost;
    }

    /** Says whether calls of the agent are stored here. */
    void expect(String agent, boolean some) {
        if (some) {
            open.add(agent);
        } else {
            open.remove(agent);
        }
    }

    @Override
    public ModelAnswer intercept(ModelRequest request, Next next) {
        var decision = request.context()
                .filter(one -> one.trial().isEmpty()
                        && (one.agent().settings().batch()
                                || open.contains(one.agent().name())));
        return decision.isEmpty() ? next.proceed(request) : intercept(request, decision.get(), next);
    }

    private ModelAnswer intercept(ModelRequest request, DecisionContext decision, Next next) {
        var body = completions.body(request).toString();
        var key = Hash.of(body.getBytes(UTF_8));
        var call = batched.find(decision.entryId(), key);
        if (call.filter(one -> one.state() == State.ANSWERED).isPresent()) {
            return answer(request, decision, call.get());
        }
        if (!decision.agent().settings().batch()
                && call.filter(one -> one.state() == State.SENT).isEmpty()) {
            call.ifPresent(one -> {
                budget.settle(one.held(), BigDecimal.ZERO);
                batched.discard(one.id());
            });
            return next.proceed(request);
        }
        if (call.isEmpty()) {
            batched.add(decision.entryId(), key, body, budget.hold(request, CallCost.BATCH_SHARE, LONGEST));
        }
        throw new WaitsForBatchException();
    }

    private ModelAnswer answer(ModelRequest request, DecisionContext decision, Call call) {
        var asked = request.to(request.chosen(), "batch");
        var body = Optional.ofNullable(call.response()).orElse("").getBytes(UTF_8);
        ModelAnswer answer;
        try {
            answer = completions.answer(asked, call.status(), NO_HEADERS, body);
        } catch (RuntimeException e) {
            var paid = cost.ofBatchFailure(asked, call.status());
            budget.settle(call.held(), paid.map(Cost::usd).orElse(BigDecimal.ZERO));
            calls.failed(asked, e, paid, calls.now());
            if (!isOfTheRequest(e)) {
                batched.discard(call.id());
            }
            throw e;
        }
        if (call.recorded()
                || decision.calls().stream().anyMatch(one -> one.id().equals(call.id()))) {
            calls.cached(asked, answer, calls.now());
        } else {
            var paid = cost.ofBatch(asked, answer);
            budget.settle(call.held(), paid.map(Cost::usd).orElse(BigDecimal.ZERO));
            calls.batched(call.id(), asked, answer, paid);
        }
        return answer;
    }

    /** Then the same request would be refused again; the request is changed, or counts as failed. */
    private static boolean isOfTheRequest(RuntimeException fault) {
        return ModelFault.of(fault)
                .map(ModelFault::kind)
                .filter(kind -> kind == Kind.PARAMETER || kind == Kind.REJECTED)
                .isPresent();
    }
}
