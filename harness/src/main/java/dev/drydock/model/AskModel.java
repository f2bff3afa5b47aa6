package dev.drydock.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drydock.http.HttpClients;
import dev.drydock.model.ModelFault.Kind;
import dev.drydock.model.ModelFault.Parameter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Sends the small requests of a check to one model, and keeps what it learns of the server on the way. */
final class AskModel {

    static final int LONGEST_ANSWER = 64;
    static final int SHORTEST_ANSWER = 16;

    private static final Duration LONGEST_CALL = Duration.ofSeconds(20);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    /** An answer, or why there is none; both are null if the time was over. */
    record Reply(@Nullable ModelAnswer answer, @Nullable ModelFault fault) {

        Optional<ModelAnswer> answered() {
            return Optional.ofNullable(answer);
        }

        boolean refuses(Parameter parameter) {
            return fault != null && fault.parameter() == parameter;
        }

        /** Whether the server rejected the request, as opposed to being slow or out of order. */
        boolean refused() {
            return fault != null && (fault.kind() == Kind.PARAMETER || fault.kind() == Kind.REJECTED);
        }

        /** Whether it is JSON. An answer that was cut off shows that by its beginning. */
        boolean isJson() {
            return answered()
                    .map(answer -> answer.text().strip())
                    .filter(text -> text.startsWith("{") || text.isEmpty()) // nothing but reasoning fitted in
                    .isPresent();
        }

        /** For people: why there is no answer. */
        String reason() {
            if (fault == null) {
                return "not asked: the time for the check is over";
            }
            return fault.kind() == Kind.TIMED_OUT ? "no complete answer in time" : fault.message();
        }
    }

    private final ModelEndpoint endpoint;
    private final ObjectMapper mapper;
    private final ReadAnswer answers;
    private final ReadFault faults;
    private final InstantSource clock;
    private final Instant until;
    private final List<Duration> latencies = new ArrayList<>();
    private Dialect dialect;
    private boolean paused;

    AskModel(ModelEndpoint endpoint, ObjectMapper mapper, Dialect dialect, InstantSource clock, Instant until) {
        this.endpoint = endpoint;
        this.mapper = mapper;
        this.answers = new ReadAnswer(mapper);
        this.faults = new ReadFault(mapper);
        this.dialect = dialect;
        this.clock = clock;
        this.until = until;
    }

    /** What the server takes, as far as it is known by now. */
    Dialect dialect() {
        return dialect;
    }

    void learn(Dialect learned) {
        dialect = learned;
    }

    /** Of the answers, in their order. */
    List<Duration> latencies() {
        return latencies;
    }

    /** Whether the server asked for a pause, and answered after it. */
    boolean paused() {
        return paused;
    }

    /**
     * One question.
     *
     * @param more what the request has besides the question and the limit of the answer
     * @param sent the parts of the request that the server may refuse
     */
    Reply ask(String model, int limit, String question, Set<Parameter> sent, Consumer<ObjectNode> more) {
        var body = mapper.createObjectNode().put("model", model);
        body.putArray("messages").addObject().put("role", "user").put("content", question);
        body.put(dialect.completionTokens() ? "max_completion_tokens" : "max_tokens", limit);
        more.accept(body);
        var reply = send(body, sent, limit);
        var retryAt = reply.fault() == null ? null : reply.fault().retryAt();
        if (retryAt != null
                && !paused
                && Duration.between(clock.instant(), retryAt).compareTo(LONGEST_PAUSE) < 0) {
            pauseUntil(retryAt);
            reply = send(body, sent, limit);
            paused = reply.answer() != null;
        }
        return reply;
    }

    private Reply send(ObjectNode body, Set<Parameter> sent, int limit) {
        var left = Duration.between(clock.instant(), until);
        if (left.isNegative() || left.isZero()) {
            return new Reply(null, null);
        }
        var started = clock.instant();
        try {
            var timeout = left.compareTo(LONGEST_CALL) < 0 ? left : LONGEST_CALL;
            var response = endpoint.post("/chat/completions", body, HttpClients.timeLeft(timeout));
            var answer = response.statusCode() == 200
                    ? answers.read(response.headers(), response.body())
                    : Optional.<ModelAnswer>empty();
            if (answer.isPresent()) {
                latencies.add(Duration.between(started, clock.instant()));
                return new Reply(answer.get(), null);
            }
            return new Reply(
                    null,
                    faults.read(
                            response.statusCode(), response.headers(), response.body(), sent, limit, clock.instant()));
        } catch (ModelUnavailableException e) {
            return new Reply(null, e.fault());
        } catch (ModelRefusedException e) {
            return new Reply(null, e.fault());
        }
    }

    private void pauseUntil(Instant time) {
        try {
            Thread.sleep(Math.max(0, Duration.between(clock.instant(), time).toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
