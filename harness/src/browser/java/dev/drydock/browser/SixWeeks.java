package dev.drydock.browser;

import static io.restassured.RestAssured.given;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.MovableClock;
import dev.drydock.agent.Item;
import dev.drydock.agent.Mode;
import dev.drydock.config.AgentSettings;
import dev.drydock.config.Agents;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.outbox.Outbox;
import dev.drydock.run.AgentRunner;
import io.restassured.http.ContentType;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Six weeks of the reference agent, made through the loop with a moved clock: four in shadow mode, two in review mode. Its messages
 * are the eval cases, in turn; people judge most of what it decides, as the cases say.
 */
@Singleton
final class SixWeeks {

    private static final int EACH_DAY = 6;
    private static final String HOSTILE = "<script>alert('stored')</script><img src=x onerror=alert(1)>";

    private final AgentRunner runner;
    private final Outbox outbox;
    private final MovableClock clock;
    private final Agents agents;
    private final ObjectMapper json;
    private final Random random = new Random(7);
    private int written;

    SixWeeks(AgentRunner runner, Outbox outbox, MovableClock clock, Agents agents, ObjectMapper json) {
        this.runner = runner;
        this.outbox = outbox;
        this.clock = clock;
        this.agents = agents;
        this.json = json;
    }

    void pass(Path inbox, String token) throws IOException, InterruptedException {
        var cases = Files.readAllLines(Path.of("evals/triage/cases.jsonl"));
        for (int day = 0; day < 42; day++) {
            var mode = day < 28 ? Mode.SHADOW : Mode.REVIEW;
            for (int message = 0; message < EACH_DAY; message++) {
                write(inbox, json.readTree(cases.get(written % cases.size())), "");
            }
            runner.run(triage(mode));
            judge(cases, token);
            if (mode == Mode.REVIEW && day < 41) {
                approve(token);
                outbox.deliver(triage(mode), Optional.empty());
            }
            clock.advance(Duration.ofDays(1));
        }
        write(inbox, json.readTree(cases.get(0)), HOSTILE);
        runner.run(triage(Mode.REVIEW));
        clock.advance(Duration.ofHours(12));
    }

    /** The night in which somebody moved the folder. */
    void failAtNight(Path inbox) throws IOException {
        var elsewhere = inbox.resolveSibling("moved");
        Files.move(inbox, elsewhere);
        runner.run(triage(Mode.REVIEW));
        Files.move(elsewhere, inbox);
        clock.advance(Duration.ofHours(6));
    }

    /** What was approved, when it can no longer be undone. */
    void deliver() throws InterruptedException {
        clock.advance(Duration.ofMinutes(1));
        outbox.deliver(triage(Mode.REVIEW), Optional.empty());
    }

    private void write(Path inbox, JsonNode one, String more) throws IOException {
        var item = one.path("item");
        var file =
                inbox.resolve("%03d-%s.txt".formatted(written++, one.path("id").textValue()));
        Files.writeString(
                file,
                "%s%n%n%s%n%s%n"
                        .formatted(
                                item.path("subject").asText(), item.path("body").asText(), more));
        Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
    }

    /** Most outputs of the last run, as the case says that they should be. */
    private void judge(List<String> cases, String token) throws IOException {
        var right = new HashMap<String, String>();
        for (var line : cases) {
            var one = json.readTree(line);
            right.put(one.path("id").textValue(), one.path("label").textValue());
        }
        for (var entry : entries(token, EACH_DAY)) {
            if (random.nextInt(10) < 8) {
                var id = entry.path("itemId")
                        .asText()
                        .replaceFirst("^.*?\\d{3}-", "")
                        .replaceFirst("\\.txt.*$", "");
                var label = right.get(id);
                var verdict = label == null || label.equals(entry.path("label").asText()) ? "up" : "down";
                given().auth()
                        .oauth2(token)
                        .contentType(ContentType.JSON)
                        .body(Map.of("verdict", verdict, "rating", verdict.equals("up") ? 5 : 2))
                        .post("/api/entries/" + entry.path("id").asText() + "/feedback")
                        .then()
                        .statusCode(200);
            }
        }
    }

    private void approve(String token) throws IOException {
        for (var entry : entries(token, EACH_DAY)) {
            if (entry.path("state").asText().equals("HELD")) {
                given().auth()
                        .oauth2(token)
                        .post("/api/entries/" + entry.path("id").asText() + "/approve")
                        .then()
                        .statusCode(200);
            }
        }
    }

    private List<JsonNode> entries(String token, int limit) throws IOException {
        var found = new ArrayList<JsonNode>();
        json.readTree(given().auth()
                        .oauth2(token)
                        .get("/api/entries?agent=triage&limit=" + limit)
                        .asString())
                .forEach(found::add);
        return found;
    }

    /** The agent in another mode than the settings say. */
    private RegisteredAgent<?, ?> triage(Mode mode) {
        return in(mode, agents.named("triage").orElseThrow());
    }

    private static <I extends Item, D> RegisteredAgent<I, D> in(Mode mode, RegisteredAgent<I, D> agent) {
        try {
            var parts = AgentSettings.class.getRecordComponents();
            var values = new ArrayList<Object>();
            for (var part : parts) {
                values.add(
                        part.getType() == Mode.class ? mode : part.getAccessor().invoke(agent.settings()));
            }
            var types = Arrays.stream(parts).map(part -> part.getType()).toArray(Class<?>[]::new);
            var settings = AgentSettings.class.getDeclaredConstructor(types).newInstance(values.toArray());
            return new RegisteredAgent<>(agent.agent(), agent.spec(), settings);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }
}
