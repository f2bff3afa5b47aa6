package dev.drydock.model;

import dev.drydock.agent.Tier;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;

/** Remembers, while an AI service's method runs, which tier it asks for. */
@Tier(Tier.Level.STANDARD)
@Interceptor
@Priority(Interceptor.Priority.LIBRARY_BEFORE)
class TierInterceptor {

    @AroundInvoke
    Object ask(InvocationContext context) throws Exception {
        var scope = DecisionContext.current();
        var tier = context.getInterceptorBinding(Tier.class);
        if (scope.isEmpty() || tier == null) {
            return context.proceed();
        }
        var before = scope.get().setTier(tier.value());
        try {
            return context.proceed();
        } finally {
            scope.get().setTier(before);
        }
    }
}
