package dev.drydock.judge.replay;

import dev.drydock.journal.Json;
import dev.drydock.journal.ModelCall;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessageDeserializer;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** What tools returned, by what the model was told in recorded requests. The same call gives its results in their order. */
final class ToolRecord {

    private final Json json;
    private final List<ModelCall> calls;
    private @Nullable Map<String, Queue<String>> results;

    ToolRecord(Json json, List<ModelCall> calls) {
        this.json = json;
        this.calls = calls;
    }

    /** The next result of this call; empty if there is none. */
    Optional<String> next(String tool, String arguments) {
        if (results == null) {
            results = read();
        }
        return Optional.ofNullable(results.get(key(tool, arguments))).map(Queue::poll);
    }

    private Map<String, Queue<String>> read() {
        var found = new HashMap<String, Queue<String>>();
        var known = new HashSet<String>(); // each request repeats the conversation so far
        for (var call : calls) {
            var requested = new HashMap<String, ToolExecutionRequest>();
            var messages = ChatMessageDeserializer.messagesFromJson(
                    json.tree(call.request()).path("messages").toString());
            for (var at = 0; at < messages.size(); at++) {
                if (messages.get(at) instanceof AiMessage answer && answer.hasToolExecutionRequests()) {
                    answer.toolExecutionRequests().forEach(request -> requested.put(request.id(), request));
                } else if (messages.get(at) instanceof ToolExecutionResultMessage told
                        && requested.containsKey(told.id())) {
                    var key = key(told.toolName(), requested.get(told.id()).arguments());
                    if (known.add(at + key)) {
                        found.computeIfAbsent(key, absent -> new ArrayDeque<>()).add(told.text());
                    }
                }
            }
        }
        return found;
    }

    /** The order of spaces in the arguments is the model's whim. */
    private String key(String tool, @Nullable String arguments) {
        return tool + (arguments == null || arguments.isBlank() ? "{}" : json.tree(arguments));
    }
}
