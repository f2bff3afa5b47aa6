package dev.drydock.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.http.HttpClients;
import dev.drydock.journal.BatchJournal.Answer;
import dev.drydock.journal.BatchJournal.Line;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The files and batches of OpenAI's protocol. Each method sends one request a page, and throws what {@link ModelFault} describes.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/batch">the protocol</a>
 */
@Singleton
class BatchEndpoint {

    /** Under which of a batch's metadata it has our id. */
    private static final String OUR_ID = "drydock_batch";

    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final int LARGEST_FILE = 256 * 1024 * 1024;
    private static final int LARGEST_LIST = 4 * 1024 * 1024;
    private static final int MOST_PAGES = 20;

    private static final Set<String> ASKED_AGAIN = Set.of("batch_expired", "batch_cancelled");

    /**
     * How far a batch is.
     *
     * @param outputFile the answers; null if there is none
     * @param errorFile what the other requests came to; null if there is none
     * @param fault why the whole batch was refused; empty if it was not
     */
    record Progress(
            String status,
            @Nullable String outputFile,
            @Nullable String errorFile,
            String fault) {

        boolean isOver() {
            return Set.of("completed", "expired", "cancelled", "failed").contains(status);
        }

        boolean isRefused() {
            return status.equals("failed");
        }
    }

    private final ModelEndpoint endpoint;
    private final ObjectMapper json;
    private final ReadFault faults;
    private final InstantSource clock;

    BatchEndpoint(ModelEndpoint endpoint, ObjectMapper json, InstantSource clock) {
        this.endpoint = endpoint;
        this.json = json;
        this.faults = new ReadFault(json);
        this.clock = clock;
    }

    /** Uploads requests. Returns the id of the file. */
    String upload(UUID batch, List<Line> lines) {
        var boundary = "drydock-" + batch;
        var body = new ByteArrayOutputStream();
        body.writeBytes("""
                --%1$s\r
                Content-Disposition: form-data; name="purpose"\r
                \r
                batch\r
                --%1$s\r
                Content-Disposition: form-data; name="file"; filename="%1$s.jsonl"\r
                Content-Type: application/jsonl\r
                \r
                """.formatted(boundary).getBytes(UTF_8));
        lines.forEach(
                line -> body.writeBytes("""
                {"custom_id":"%s","method":"POST","url":"/v1/chat/completions","body":%s}
                """.formatted(line.id(), line.request()).getBytes(UTF_8)));
        body.writeBytes("\r\n--%s--\r\n".formatted(boundary).getBytes(UTF_8));
        var type = "multipart/form-data; boundary=" + boundary;
        return id(tree(endpoint.post("/files", type, body.toByteArray(), HttpClients.timeLeft(TIMEOUT))));
    }

    /** Starts a batch, at a price. Returns the provider's id. */
    String create(UUID batch, String fileId) {
        var body = json.createObjectNode()
                .put("input_file_id", fileId)
                .put("endpoint", "/v1/chat/completions")
                .put("completion_window", "24h");
        body.putObject("metadata").put(OUR_ID, batch.toString());
        return id(tree(endpoint.post("/batches", body, HttpClients.timeLeft(TIMEOUT))));
    }

    /** The provider's id of a batch that may have been started; empty if it was not. */
    Optional<String> find(UUID batch, String fileId) {
        var after = "";
        for (var page = 0; page < MOST_PAGES; page++) {
            var list = tree(endpoint.get("/batches?limit=100" + after, LARGEST_LIST, TIMEOUT));
            for (var one : list.path("data")) {
                if (one.path("metadata").path(OUR_ID).asText().equals(batch.toString())
                        || one.path("input_file_id").asText().equals(fileId)) {
                    return Optional.of(one.path("id").asText());
                }
            }
            if (!list.path("has_more").asBoolean() || list.path("data").isEmpty()) {
                return Optional.empty();
            }
            var data = list.path("data");
            after = "&after=" + data.path(data.size() - 1).path("id").asText();
        }
        return Optional.empty();
    }

    Progress progress(String providerId) {
        var batch = tree(endpoint.get("/batches/" + providerId, LARGEST_LIST, TIMEOUT));
        return new Progress(
                batch.path("status").asText(),
                batch.path("output_file_id").textValue(),
                batch.path("error_file_id").textValue(),
                batch.path("errors").path("data").path(0).path("message").asText("the provider gave no reason"));
    }

    /** The answers in a file. Requests that are to be asked again are not among them. */
    List<Answer> answers(String fileId) {
        var text = new String(body(endpoint.get("/files/" + fileId + "/content", LARGEST_FILE, TIMEOUT)), UTF_8);
        var answers = new ArrayList<Answer>();
        text.lines()
                .filter(line -> !line.isBlank())
                .map(this::parse)
                .forEach(line -> answer(line).ifPresent(answers::add));
        return List.copyOf(answers);
    }

    private Optional<Answer> answer(JsonNode line) {
        var id = line.path("custom_id").asText();
        var response = line.path("response");
        var status = response.path("status_code").asInt();
        if (!id.matches("[0-9a-f-]{36}") || status == 408 || status == 429 || status >= 500) {
            return Optional.empty();
        }
        if (status > 0) {
            return Optional.of(new Answer(
                    UUID.fromString(id), status, response.path("body").toString()));
        }
        return ASKED_AGAIN.contains(line.path("error").path("code").asText())
                ? Optional.empty()
                : Optional.of(refused(
                        UUID.fromString(id), line.path("error").path("message").asText()));
    }

    /** What a call comes to that no server has answered. */
    Answer refused(UUID call, String why) {
        var body = json.createObjectNode();
        body.putObject("error").put("message", "in a batch: " + why);
        return new Answer(call, 400, body.toString());
    }

    private static String id(JsonNode created) {
        return created.path("id").asText();
    }

    private JsonNode tree(HttpResponse<byte[]> response) {
        return parse(new String(body(response), UTF_8));
    }

    private JsonNode parse(String text) {
        try {
            return json.readTree(text);
        } catch (IOException e) {
            throw ModelFault.Kind.SERVER_ERROR.exception("the model server's answer about a batch is no JSON");
        }
    }

    private byte[] body(HttpResponse<byte[]> response) {
        if (response.statusCode() / 100 == 2) {
            return response.body();
        }
        throw faults.read(response.statusCode(), response.headers(), response.body(), Set.of(), 0, clock.instant())
                .exception(null);
    }
}
