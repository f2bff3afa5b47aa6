package dev.drydock.model;

import dev.drydock.config.ModelFacts.AnswerFormat;
import dev.drydock.model.ModelFault.Kind;
import dev.drydock.model.ModelFault.Parameter;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Learns what the server of each model takes. A request that is refused for one of its parameters is sent again without
 * it. What was learned holds for the process and is logged once, with the setting that says it for good.
 */
@Singleton
@Priority(ModelInterceptor.ADAPT)
class AdaptRequest implements ModelInterceptor {

    private static final Logger LOG = Logger.getLogger(AdaptRequest.class);

    /** There are that many parameters to refuse. */
    private static final int MOST_ATTEMPTS = 1 + Parameter.values().length;

    private final ModelCatalog catalog;
    private final Map<String, Dialect> learned = new ConcurrentHashMap<>();

    /** Models that have answered a request with a JSON schema. */
    private final Set<String> takeSchemas = ConcurrentHashMap.newKeySet();

    AdaptRequest(ModelCatalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public ModelAnswer intercept(ModelRequest request, Next next) {
        var name = request.chosen().name();
        for (var attempt = 1; ; attempt++) {
            var dialect = learned.computeIfAbsent(name, catalog::dialect);
            try {
                return answered(request.with(dialect), next);
            } catch (ModelRefusedException e) {
                var fault = e.fault();
                if (fault.parameter() != null && attempt < MOST_ATTEMPTS) {
                    learn(name, dialect, fault.parameter(), fault);
                } else if (isUnexplained(fault) && mayDoWithoutSchema(request.with(dialect))) {
                    return withoutSchema(request, dialect, e, next);
                } else {
                    throw e;
                }
            }
        }
    }

    private ModelAnswer answered(ModelRequest request, Next next) {
        var answer = next.proceed(request);
        if (request.schema() != null && request.dialect().format() == AnswerFormat.JSON_SCHEMA) {
            takeSchemas.add(request.chosen().name());
        }
        return answer;
    }

    private void learn(String model, Dialect sent, Parameter refused, ModelFault fault) {
        var known =
                learned.compute(model, (name, now) -> sent.equals(now) ? sent.without(refused, fault.limit()) : now);
        if (known != null && known.equals(sent.without(refused, fault.limit()))) {
            LOG.warnf(
                    "The server of model %s does not take %s (status %d); requests go without it. To make this permanent, set drydock.models.\"%s\".%s; ./drydock model-check shows all settings at once",
                    model, refused, fault.status(), model, known.setting(refused));
        }
    }

    /** Some servers reject a request with a JSON schema and do not say why. */
    private static boolean isUnexplained(ModelFault fault) {
        return fault.kind() == Kind.REJECTED && (fault.status() == 400 || fault.status() == 422);
    }

    private boolean mayDoWithoutSchema(ModelRequest request) {
        return request.schema() != null
                && request.dialect().format() == AnswerFormat.JSON_SCHEMA
                && !takeSchemas.contains(request.chosen().name());
    }

    private ModelAnswer withoutSchema(ModelRequest request, Dialect dialect, ModelRefusedException first, Next next) {
        ModelAnswer answer;
        try {
            answer = next.proceed(
                    request.with(dialect.without(Parameter.JSON_SCHEMA, 0).without(Parameter.JSON_OBJECT, 0)));
        } catch (ModelRefusedException e) {
            first.addSuppressed(e);
            throw first; // the schema was not the reason
        }
        learn(request.chosen().name(), dialect, Parameter.JSON_SCHEMA, first.fault());
        return answer;
    }
}
