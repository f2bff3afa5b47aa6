package dev.drydock.config;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.ConfigValidationException.Problem;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilderCustomizer;
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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Checks the constraints of Drydock's settings wherever they are read: by the check before a start, by Quarkus, which finds this
 * class as a service, and in tests. A validator of beans would make its own model of all settings of Quarkus at each start.
 */
@RegisterForReflection(targets = DrydockConfig.class, registerFullHierarchy = true)
public final class SettingConstraints implements SmallRyeConfigBuilderCustomizer {

    @Override
    public void configBuilder(SmallRyeConfigBuilder builder) {
        var others = builder.getValidator();
        builder.withValidator((mapping, prefix, settings) -> {
            if (mapping == DrydockConfig.class) {
                check(mapping, settings, prefix);
            } else {
                others.validateMapping(mapping, prefix, settings);
            }
        });
    }

    private static void check(Class<?> mapping, Object settings, String prefix) {
        var found = new TreeMap<String, String>();
        group(mapping, settings, prefix, found);
        if (!found.isEmpty()) {
            throw new ConfigValidationException(found.entrySet().stream()
                    .map(violation -> new Problem(violation.getKey() + " " + violation.getValue()))
                    .toArray(Problem[]::new));
        }
    }

    private static void group(Class<?> mapping, Object group, String name, Map<String, String> found) {
        var methods = mapping.getMethods();
        if (methods.length == 0) {
            throw new IllegalStateException(mapping + " is not registered for reflection, so nothing would be checked");
        }
        for (var method : methods) {
            if (Modifier.isAbstract(method.getModifiers()) && method.getParameterCount() == 0) {
                var own = method.isAnnotationPresent(WithParentName.class)
                        ? name
                        : name + "." + property(method.getName());
                value(method.getAnnotatedReturnType(), get(method, group), own, found);
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

    private static void value(AnnotatedType type, Object value, String name, Map<String, String> found) {
        if (value instanceof Optional<?> optional) {
            optional.ifPresent(present -> value(argument(type, 0), present, name, found));
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, each) -> value(argument(type, 1), each, name + "." + quoted(key.toString()), found));
        } else if (value instanceof List<?> list) {
            list.forEach(each -> value(argument(type, 0), each, name, found));
        } else if (type.getType() instanceof Class<?> mapping
                && mapping.isInterface()
                && mapping.getName().startsWith("dev.drydock.config.")) {
            group(mapping, value, name, found);
        } else {
            for (var annotation : type.getAnnotations()) {
                if (annotation.annotationType().isAnnotationPresent(Constraint.class)) {
                    violation(annotation, value).ifPresent(text -> found.put(name, text));
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
