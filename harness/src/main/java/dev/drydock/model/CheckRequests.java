package dev.drydock.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drydock.model.AskModel.Reply;

/** The parts of a check's requests that are longer than a line. */
final class CheckRequests {

    private CheckRequests() {}

    static void writeSchema(ObjectNode body, boolean bounded) {
        var format =
                body.putObject("response_format").put("type", "json_schema").putObject("json_schema");
        var schema = format.put("name", "snow").put("strict", true).putObject("schema");
        schema.put("type", "object")
                .put("additionalProperties", false)
                .putArray("required")
                .add("colour");
        var colour = schema.putObject("properties").putObject("colour").put("type", "string");
        if (bounded) {
            colour.put("maxLength", 20);
        }
    }

    /** An answer that was cut off shows by its beginning whether it is JSON. */
    static boolean isJson(Reply reply) {
        return reply.answered()
                .map(answer -> answer.text().strip())
                .filter(text -> text.startsWith("{") || text.isEmpty()) // nothing but reasoning fitted in
                .isPresent();
    }

    static void writeTool(ObjectNode body) {
        var function =
                body.putArray("tools").addObject().put("type", "function").putObject("function");
        function.put("name", "temperature").put("description", "The temperature in a city");
        var schema = function.putObject("parameters").put("type", "object");
        schema.putObject("properties").putObject("city").put("type", "string");
        schema.putArray("required").add("city");
    }
}
