package dev.drydock.judge.eval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.agent.Item;
import dev.drydock.concurrent.Threads;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.ModelCall;
import dev.drydock.journal.SkipReason;
import dev.drydock.journal.StoreCalls;
import dev.drydock.run.DecideTrial;
import dev.drydock.run.DecideTrial.Result;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Has an agent decide its cases, as many at a time as it decides entries. The calls that are sent are within the budget and stand
 * in the journal, without a run or an entry. Nothing is delivered.
 */
@Singleton
public class EvalAgent {

    private static final Logger LOG = Logger.getLogger(EvalAgent.class);

    /** What came of an eval. */
    sealed interface Outcome {

        record Measured(EvalResult result) implements Outcome {}

        /** A case could not be decided for a reason outside of the agent; the others say nothing then. */
        record Unmeasured(@Nullable SkipReason reason, String fault) implements Outcome {}

        /**
         * Answers are not recorded.
         *
         * @param atMostUsd what it costs to ask, at most; null if a price is not known
         */
        record NotRecorded(
                int cases, String fault, @Nullable BigDecimal atMostUsd) implements Outcome {}
    }

    private final DecideTrial trials;
    private final StoreCalls store;
    private final Threads threads;
    private final ObjectMapper json;
    private final MeasureCase measure;
    private final JudgeTexts texts;

    EvalAgent(DecideTrial trials, JudgeTexts texts, StoreCalls store, Threads threads, ObjectMapper json) {
        this.texts = texts;
        this.trials = trials;
        this.store = store;
        this.threads = threads;
        this.json = json;
        this.measure = new MeasureCase(json);
    }

    /** What the cases of one eval share. */
    private record Work<I extends Item, D>(
            RegisteredAgent<I, D> agent,
            EvalTrial trial,
            AtomicReferenceArray<@Nullable CaseResult> results,
            ConcurrentSkipListMap<String, String> prompts,
            ConcurrentSkipListMap<String, String> models,
            Queue<Result.Unmeasured<?>> unmeasured,
            Queue<Result.NotRecorded<?>> notRecorded) {}

    /**
     * Decides each case once.
     *
     * @param progress told how many cases are decided, from several threads
     */
    <I extends Item, D> Outcome run(
            RegisteredAgent<I, D> agent, List<EvalCase> cases, EvalTrial trial, IntConsumer progress)
            throws InterruptedException {
        var work = new Work<>(
                agent,
                trial,
                new AtomicReferenceArray<@Nullable CaseResult>(cases.size()),
                new ConcurrentSkipListMap<>(),
                new ConcurrentSkipListMap<>(),
                new ConcurrentLinkedQueue<>(),
                new ConcurrentLinkedQueue<>());
        var done = new AtomicInteger();
        var executor = threads.bounded(agent.settings().concurrency());
        for (var at = 0; at < cases.size() && work.unmeasured().isEmpty(); at++) {
            var place = at;
            executor.run(() -> {
                decide(work, cases.get(place), place);
                progress.accept(done.incrementAndGet());
            });
        }
        executor.awaitAll();
        return outcome(work, cases.size());
    }

    private static Outcome outcome(Work<?, ?> work, int cases) {
        var unmeasured = work.unmeasured().peek();
        if (unmeasured != null) {
            return new Outcome.Unmeasured(unmeasured.reason(), unmeasured.fault());
        }
        if (!work.notRecorded().isEmpty()) {
            var prices = work.notRecorded().stream()
                    .map(one -> one.fault().atMostUsd().orElse(null))
                    .toList();
            var price = prices.contains(null)
                    ? null
                    : prices.stream().filter(Objects::nonNull).reduce(BigDecimal.ZERO, BigDecimal::add);
            var fault =
                    Objects.requireNonNull(work.notRecorded().peek()).fault().getMessage();
            return new Outcome.NotRecorded(work.notRecorded().size(), Objects.requireNonNull(fault), price);
        }
        var results = IntStream.range(0, cases)
                .mapToObj(at -> Objects.requireNonNull(work.results().get(at)))
                .toList();
        return new Outcome.Measured(new EvalResult(
                String.join(", ", new TreeSet<>(work.models().keySet())), new TreeMap<>(work.prompts()), results));
    }

    private <I extends Item, D> void decide(Work<I, D> work, EvalCase each, int place) {
        var item = json.convertValue(each.item(), work.agent().spec().itemType());
        var result = trials.decide(work.agent(), item, work.trial());
        journal(result.calls());
        result.calls().forEach(call -> {
            work.prompts().put(call.prompt().name(), call.prompt().version());
            work.models().put(call.route().asked(), "");
        });
        if (!isLeftOut(work, result)) {
            measure(work, each, place, result);
        }
    }

    private <I extends Item, D> void measure(Work<I, D> work, EvalCase each, int place, Result<D> result) {
        var fits = Map.<String, Boolean>of();
        if (result instanceof Result.Decided<D> decided) {
            var given = json.<JsonNode>valueToTree(decided.decision());
            var judged = texts.judge(work.agent(), each, given, work.trial().withoutVariant());
            journal(judged.calls());
            if (isLeftOut(work, judged)) {
                return;
            }
            fits = judged instanceof Result.Decided<Map<String, Boolean>> one ? one.decision() : fits;
        }
        work.results().set(place, measure.measure(work.agent(), each, result, fits));
    }

    /** Whether a case cannot be measured for a reason outside of the agent. */
    private static boolean isLeftOut(Work<?, ?> work, Result<?> result) {
        if (result instanceof Result.Unmeasured<?> unmeasured) {
            work.unmeasured().add(unmeasured);
            return true;
        }
        if (result instanceof Result.NotRecorded<?> notRecorded) {
            work.notRecorded().add(notRecorded);
            return true;
        }
        return false;
    }

    /** What was paid for is recorded, as far as the database permits. */
    private void journal(List<ModelCall> calls) {
        var sent = calls.stream().filter(call -> !call.fromCache()).toList();
        try {
            store.store(sent);
        } catch (RuntimeException e) {
            LOG.errorf("%d calls of an eval could not be recorded; their answers are used", sent.size());
        }
    }
}
