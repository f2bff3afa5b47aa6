package dev.drydock.model;

import dev.drydock.config.DrydockConfig;
import dev.drydock.config.ModelSettings;
import dev.drydock.http.RateLimitHints;
import dev.drydock.journal.Pauses;
import dev.drydock.model.ModelFault.Kind;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Sends each model as many calls as its server takes. One limiter a model, shared by all agents of this process: see {@link
 * AdaptiveLimit}. A call that the server refuses for now is sent again; that is no failure of the model and no attempt of an
 * entry.
 */
@Singleton
@Priority(ModelInterceptor.RATE_LIMIT)
public class RateLimit implements ModelInterceptor {

    private static final Logger LOG = Logger.getLogger(RateLimit.class);

    /** How long a call that has begun waits for its turn. After it, its entry waits for its turn in the run. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    /** Calls in flight at first, where the server does not say how many it works on at a time. */
    private static final int START = 8;

    private final Map<String, ModelPace> models = new ConcurrentHashMap<>();

    /** The model that each agent called last: most agents call one. */
    private final Map<String, String> lastModel = new ConcurrentHashMap<>();

    private final ModelSettings settings;
    private final ServerFacts server;
    private final TokenCount count;
    private final Pauses pauses;
    private final InstantSource clock;

    RateLimit(DrydockConfig config, ServerFacts server, TokenCount count, Pauses pauses, InstantSource clock) {
        this.settings = config.model();
        this.server = server;
        this.count = count;
        this.pauses = pauses;
        this.clock = clock;
    }

    /**
     * The limits of one model at the moment.
     *
     * @param limit calls that may be in flight
     * @param waiting calls that wait for their turn
     * @param pause until the next call may start
     * @param waited by all calls since the process started
     * @param refused calls that the server refused for now
     * @param timedOut calls that timed out while others were in flight
     */
    public record State(
            String model,
            int limit,
            int inFlight,
            int waiting,
            Duration pause,
            Duration waited,
            long refused,
            long timedOut) {}

    /**
     * Waits until the agent's next call would find a place.
     *
     * @return to be run when the call has been made or is not made; empty if there is no room within {@code longest}
     */
    public Optional<Runnable> expectCall(String agent, Duration longest) throws InterruptedException {
        return ofAgent(agent).expect(longest);
    }

    /** Whether the server of the agent's model has shown that it takes only so many calls in a time. */
    public boolean isLimited(String agent) {
        return ofAgent(agent).isLimited();
    }

    /** The limits of the model that the agent called last, or would call first. */
    public State stateOf(String agent) {
        return ofAgent(agent).state();
    }

    /** The limits of a model. */
    public State stateOfModel(String model) {
        return of(model).state();
    }

    private ModelPace ofAgent(String agent) {
        return of(lastModel.getOrDefault(agent, settings.name()));
    }

    private ModelPace of(String model) {
        return models.computeIfAbsent(
                model, name -> new ModelPace(name, server.slots().orElse(START), settings, clock, pauses));
    }

    @Override
    public ModelAnswer intercept(ModelRequest request, Next next) {
        var name = request.chosen().name();
        var pace = of(name);
        request.context().ifPresent(decision -> {
            lastModel.put(decision.agent().name(), name);
            decision.callHasCome();
        });
        var latest = clock.instant().plus(LONGEST_WAIT);
        var deadline = request.context()
                .map(decision -> decision.deadlineUntil(latest))
                .orElse(latest);
        while (true) {
            var place = pace.place(
                    () -> tokens(request), deadline, request.context().isEmpty());
            try {
                return send(pace, place, request, next);
            } catch (ModelBusyException e) {
                if (!e.fault().kind().isRefusedForNow() || !clock.instant().isBefore(deadline)) {
                    throw e;
                }
            }
        }
    }

    /** As providers count them: the request, and all that its answer may take. */
    private long tokens(ModelRequest request) {
        return request.tokens(count) + request.dialect().outputTokens(request.chosen());
    }

    private ModelAnswer send(ModelPace pace, CallInFlight place, ModelRequest request, Next next) {
        try {
            var answer = next.proceed(request.inFlight(place));
            var allowance = RateLimitHints.allowance(answer.headers(), () -> tokens(request), clock.instant());
            place.answered(allowance.calls(), allowance.reset());
            pace.noteAnswer();
            return answer;
        } catch (ModelBusyException e) {
            if (!e.fault().kind().isRefusedForNow()) {
                place.released();
                throw e;
            }
            LOG.debugf(
                    "The server of model %s refused a call for now: %s",
                    request.chosen().name(), e.getMessage());
            throw pace.refused(place, e.fault()).exception(e);
        } catch (ModelRefusedException e) {
            if (e.fault().kind() == Kind.QUOTA) {
                pace.emptied(place, e.fault());
            } else {
                place.released();
            }
            throw e;
        } catch (ModelUnavailableException e) {
            if (e.fault().kind() != Kind.TIMED_OUT) {
                place.released();
            } else if (place.timedOut()) { // in the server's queue, behind calls of our own
                pace.countTimeout();
                throw Kind.CROWDED.exception(
                        "no answer within %s (DRYDOCK_MODEL_TIMEOUT) while other calls were in flight; fewer are sent at a time"
                                .formatted(settings.timeout()));
            } else if (pace.isUnresponsiveAfterTimeout()) {
                throw Kind.UNRESPONSIVE.exception(
                        "no answer within %s (DRYDOCK_MODEL_TIMEOUT) to several calls in a row"
                                .formatted(settings.timeout()));
            }
            throw e;
        } catch (RuntimeException e) {
            place.released();
            throw e;
        }
    }
}
