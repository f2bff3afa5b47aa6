package dev.drydock.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drydock.journal.ModelCall.Prompt;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.internal.JsonSchemaElementUtils;
import dev.langchain4j.observability.api.event.AiServiceStartedEvent;
import io.quarkiverse.langchain4j.runtime.AiServicesRecorder;
import io.quarkiverse.langchain4j.runtime.aiservice.AiServiceMethodCreateInfo;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Names prompts: by the method of the AI service, with a hash of its templates, so that a change of wording shows in the
 * record. A call without an AI service is named by the hash of its instructions.
 */
@Singleton
class PromptNames {

    private static final int VERSION_DIGITS = 12;

    private final Map<String, Prompt> known = new ConcurrentHashMap<>();
    private @Nullable Set<Prompt> current;

    /** In the thread that is going to ask. */
    void started(@Observes AiServiceStartedEvent event) {
        DecisionContext.current().ifPresent(decision -> {
            var context = event.invocationContext();
            decision.setPrompt(known.computeIfAbsent(
                    context.interfaceName() + "#" + context.methodName(),
                    key -> of(context.interfaceName(), context.methodName())));
        });
    }

    /** Whether today's code has this version of the prompt. A prompt without a name has no version in the code, and counts. */
    synchronized boolean isCurrent(String name, String version) {
        if (current == null) {
            current = AiServicesRecorder.getMetadata().entrySet().stream()
                    .flatMap(service -> service.getValue().methodMap().values().stream()
                            .map(method -> of(service.getKey(), method.getMethodName())))
                    .collect(Collectors.toUnmodifiableSet());
        }
        return name.isEmpty() || current.contains(new Prompt(name, version));
    }

    /** For a request that no AI service made. */
    Prompt of(ModelRequest request) {
        var instructions = new StringBuilder();
        request.chat().messages().stream()
                .filter(SystemMessage.class::isInstance)
                .forEach(message -> instructions.append(((SystemMessage) message).text()));
        if (request.schema() != null) {
            instructions.append(request.schema().printed());
        }
        return new Prompt("", version(instructions.toString()));
    }

    private static Prompt of(String interfaceName, String methodName) {
        var simple = interfaceName.substring(interfaceName.lastIndexOf('.') + 1).replace('$', '.');
        return new Prompt(simple + "." + methodName, version(templates(interfaceName, methodName)));
    }

    /** What is written in the code: the templates, and the schema of the answer with its descriptions. */
    private static String templates(String interfaceName, String methodName) {
        var service = AiServicesRecorder.getMetadata().get(interfaceName);
        var text = new StringBuilder();
        if (service != null) {
            service.methodMap().values().stream()
                    .filter(method -> method.getMethodName().equals(methodName))
                    .forEach(method -> text.append(templates(method)));
        }
        return text.toString();
    }

    private static String templates(AiServiceMethodCreateInfo method) {
        var system = method.getSystemMessageInfo().flatMap(template -> template.text());
        var user = Optional.ofNullable(method.getUserMessageInfo())
                .flatMap(message -> message.template())
                .flatMap(template -> template.text());
        var schema = method.getResponseSchemaInfo().structuredOutputSchema();
        return system.orElse("")
                + user.orElse("")
                + schema.map(known -> JsonSchemaElementUtils.toMap(known.rootElement())
                                .toString())
                        .orElse("");
    }

    static String version(String text) {
        return Hash.of(text.getBytes(UTF_8)).substring(0, VERSION_DIGITS);
    }
}
