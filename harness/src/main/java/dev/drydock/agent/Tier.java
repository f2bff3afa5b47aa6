package dev.drydock.agent;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says which of the configured models is to answer, on an AI service or one of its methods.
 *
 * <pre>{@code
 * @RegisterAiService
 * @ApplicationScoped
 * @Tier(Tier.Level.CHEAP)
 * interface Sorter { ... }
 * }</pre>
 */
@Inherited
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Tier {

    @Nonbinding
    Level value();

    /** Which model. */
    enum Level {

        /** The one named by {@code OPENAI_MODEL}. */
        STANDARD,

        /** The one named by {@code DRYDOCK_MODEL_CHEAP}; the standard one where none is. */
        CHEAP
    }
}
