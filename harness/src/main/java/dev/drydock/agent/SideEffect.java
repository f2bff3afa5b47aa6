package dev.drydock.agent;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a tool of the model that changes the world. In shadow mode a call is written down and not made. In review mode it
 * is made once a person has approved it. In live mode its risk says what happens.
 *
 * <p>The method belongs to a bean and returns {@code String} or nothing, because where the call is not made, the model
 * is told so in its stead. The same call for the same entry is made once: when the entry is decided again, its first
 * result is handed out again. A call is the same if it has the same arguments, or is the same one in the order of the
 * tool's calls.
 *
 * <p>A tool that changed nothing throws {@link NotDoneException}. After any other exception, and after a crash, it is not
 * known whether the call was made: the entry is HELD until a person says so, unless the call is idempotent.
 *
 * <pre>{@code
 * @Tool("Closes a ticket")
 * @SideEffect(SideEffect.Risk.MEDIUM)
 * String close(String ticket) { ... }
 * }</pre>
 */
@Inherited
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface SideEffect {

    @Nonbinding
    Risk value();

    /**
     * Whether making the call again does no harm, because it has a key of its own for the receiver. A call of low or medium
     * risk that was interrupted is then made again.
     */
    @Nonbinding
    boolean idempotent() default false;

    /** How bad a wrong call would be. */
    enum Risk {

        /** Made, and logged. */
        LOW,

        /** Made, but only {@code drydock.side-effects.medium-per-hour} times; beyond that the entry waits. */
        MEDIUM,

        /**
         * Made once a person has approved it. Until then the model is told that it waits, and the entry is HELD with
         * the call and the decision shown.
         */
        HIGH,

        /**
         * Refused unless a person has approved it: deciding ends there, and the entry is HELD with the call shown. An
         * approval is good for one attempt, whatever comes of it.
         */
        IRREVERSIBLE
    }
}
