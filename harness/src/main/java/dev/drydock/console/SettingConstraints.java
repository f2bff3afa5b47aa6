package dev.drydock.console;

import io.smallrye.config.WithParentName;
import jakarta.validation.Constraint;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hibernate.validator.constraints.time.DurationMin;

/**
 * Checks the constraints of settings before the application starts. The platform's validator, which checks them again, exists only while
 * it starts, and it is never asked where other settings are wrong.
 */
final class SettingConstraints {

    private final Map<String, String> violations = new TreeMap<>();

    private SettingConstraints() {}

    /** What is wrong with values, by the names of their properties. */
    static <T> Map<String, String> violations(Class<T> mapping, T settings, String prefix) {
        var constraints = new SettingConstraints();
        constraints.group(mapping, settings, prefix);
        return constraints.violations;
    }

    private void group(Class<?> mapping, Object group, String name) {
        for (var method : mapping.getMethods()) {
            if (Modifier.isAbstract(method.getModifiers()) && method.getParameterCount() == 0) {
                var own = method.isAnnotationPresent(WithParentName.class)
                        ? name
                        : name + "." + property(method.getName());
                value(method.getAnnotatedReturnType(), get(method, group), own);
            }
        }
    }

    private static String property(String method) {
        return method.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static Object get(Method setting, Object group) {
        try {
            return setting.invoke(group);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("a setting can be read", e);
        }
    }

    private void value(AnnotatedType type, Object value, String name) {
        if (value instanceof Optional<?> optional) {
            optional.ifPresent(present -> value(argument(type, 0), present, name));
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, each) -> value(argument(type, 1), each, name + "." + quoted(key.toString())));
        } else if (value instanceof List<?> list) {
            list.forEach(each -> value(argument(type, 0), each, name));
        } else if (type.getType() instanceof Class<?> mapping
                && mapping.isInterface()
                && mapping.getName().startsWith("dev.drydock.config.")) {
            group(mapping, value, name);
        } else {
            for (var annotation : type.getAnnotations()) {
                if (annotation.annotationType().isAnnotationPresent(Constraint.class)) {
                    violation(annotation, value).ifPresent(text -> violations.put(name, text));
                }
            }
        }
    }

    private static AnnotatedType argument(AnnotatedType type, int at) {
        return ((AnnotatedParameterizedType) type).getAnnotatedActualTypeArguments()[at];
    }

    private static String quoted(String key) {
        return key.contains(".") ? "\"" + key + "\"" : key;
    }

    private static Optional<String> violation(Annotation constraint, Object value) {
        if (constraint instanceof Min min) {
            return unless(number(value).compareTo(BigDecimal.valueOf(min.value())) >= 0, atLeast(true, min.value()));
        }
        if (constraint instanceof Max max) {
            return unless(number(value).compareTo(BigDecimal.valueOf(max.value())) <= 0, atMost(true, max.value()));
        }
        if (constraint instanceof DecimalMin min) {
            var order = number(value).compareTo(new BigDecimal(min.value()));
            return unless(min.inclusive() ? order >= 0 : order > 0, atLeast(min.inclusive(), min.value()));
        }
        if (constraint instanceof DecimalMax max) {
            var order = number(value).compareTo(new BigDecimal(max.value()));
            return unless(max.inclusive() ? order <= 0 : order < 0, atMost(max.inclusive(), max.value()));
        }
        if (constraint instanceof Pattern pattern) {
            return unless(value.toString().matches(pattern.regexp()), pattern.message());
        }
        if (constraint instanceof DurationMin min) {
            return unless(
                    ((Duration) value).compareTo(Duration.ofSeconds(min.seconds())) >= 0,
                    "must be at least %ds".formatted(min.seconds()));
        }
        throw new IllegalStateException("no check for " + constraint);
    }

    private static BigDecimal number(Object value) {
        return new BigDecimal(value.toString());
    }

    private static Optional<String> unless(boolean holds, String text) {
        return holds ? Optional.empty() : Optional.of(text);
    }

    private static String atLeast(boolean inclusive, Object limit) {
        return "must be greater than %s%s".formatted(inclusive ? "or equal to " : "", limit);
    }

    private static String atMost(boolean inclusive, Object limit) {
        return "must be less than %s%s".formatted(inclusive ? "or equal to " : "", limit);
    }
}
