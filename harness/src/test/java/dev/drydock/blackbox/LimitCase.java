package dev.drydock.blackbox;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A model server with limits, and what becomes of one run: a line of {@code limits/limits.jsonl}. A limit of 0 is none.
 *
 * @param messages in the inbox
 * @param atOnce calls that the server takes at once, before it takes {@code perSecond}
 * @param told whether each answer says how many calls are left
 * @param inFlight calls that it works on at a time; it refuses more
 * @param oneAtATime whether it works on one call at a time; others wait
 * @param everyNth the calls that it refuses
 * @param callsInAll that it answers; then it refuses all
 * @param millis that an answer takes
 * @param timeout of a call; null for the default
 * @param refusal status, headers and body
 * @param refusals at most
 * @param lost calls at most that the program gave up
 * @param reason of the outcome; null for none
 */
@JsonIgnoreProperties(ignoreUnknown = false)
record LimitCase(
        String name,
        int messages,
        int atOnce,
        int perSecond,
        boolean told,
        int inFlight,
        boolean oneAtATime,
        int everyNth,
        int callsInAll,
        int millis,
        String timeout,
        JsonNode refusal,
        int decided,
        int refusals,
        int lost,
        String outcome,
        String reason,
        int exit) {

    private static final Path DATA = Path.of("harness/src/test/resources/limits/limits.jsonl");

    static List<LimitCase> all() throws IOException {
        try (var lines = new ObjectMapper().readerFor(LimitCase.class).<LimitCase>readValues(DATA.toFile())) {
            return lines.readAll();
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
