package dev.drydock.model;

import dev.drydock.NoteAgent;
import dev.drydock.NoteAgent.Note;
import dev.drydock.NoteAgent.Verdict;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonEnumSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import java.util.List;
import java.util.stream.IntStream;

/** Agents that ask a model about their notes. */
public final class Asking {

    static final String INSTRUCTIONS = "Say whether the note is fine.";

    private static final JsonSchema SCHEMA = JsonSchema.builder()
            .name("verdict")
            .rootElement(JsonObjectSchema.builder()
                    .addProperty(
                            "mood",
                            JsonEnumSchema.builder().enumValues("FINE", "BAD").build())
                    .addStringProperty("why")
                    .required("mood", "why")
                    .build())
            .build();

    private Asking() {}

    /** An agent with so many notes. */
    public static NoteAgent about(int notes, ChatModel model) {
        var agent = new NoteAgent(
                IntStream.range(0, notes).mapToObj(String::valueOf).toArray(String[]::new));
        agent.decide = note -> decide(note, model);
        return agent;
    }

    /** An agent with one note of this text. */
    public static NoteAgent about(String text, ChatModel model) {
        var agent = about(1, model);
        agent.notes = List.of(new Note("0", "1", text));
        return agent;
    }

    private static Verdict decide(Note note, ChatModel model) {
        var request = ChatRequest.builder()
                .messages(SystemMessage.from(INSTRUCTIONS), UserMessage.from(note.text()))
                .responseFormat(ResponseFormat.builder()
                        .type(ResponseFormatType.JSON)
                        .jsonSchema(SCHEMA)
                        .build())
                .build();
        return new Verdict(model.chat(request).aiMessage().text());
    }
}
