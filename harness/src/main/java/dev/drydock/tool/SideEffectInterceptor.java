package dev.drydock.tool;

import dev.drydock.agent.SideEffect;
import dev.drydock.tool.SideEffectRefusedException.Reason;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import org.jspecify.annotations.Nullable;

/** Stands before every tool method that changes the world. */
@SideEffect(SideEffect.Risk.IRREVERSIBLE)
@Interceptor
@Priority(Interceptor.Priority.LIBRARY_BEFORE + 100)
class SideEffectInterceptor {

    private final SideEffectGate gate;

    SideEffectInterceptor(SideEffectGate gate) {
        this.gate = gate;
    }

    @AroundInvoke
    @Nullable
    Object call(InvocationContext context) throws Exception {
        var annotation = context.getInterceptorBinding(SideEffect.class);
        if (annotation == null) {
            throw new IllegalStateException("@SideEffect says no risk");
        }
        var method = context.getMethod();
        if (method.getReturnType() != void.class && method.getReturnType() != String.class) {
            throw new SideEffectRefusedException(
                    Reason.MISUSED,
                    "%s.%s is a @SideEffect, and so must return String or nothing"
                            .formatted(method.getDeclaringClass().getSimpleName(), method.getName()),
                    null);
        }
        return gate.call(context, annotation);
    }
}
