package dev.drydock.blackbox;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import dev.drydock.FreePort;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;

/** A serving program without a schedule, which a test asks for one run after the other. */
final class ServingProgram implements AutoCloseable {

    private static final Duration LONG = Duration.ofMinutes(3);
    private static final Duration SOON = Duration.ofMillis(20);

    private final TestEnvironment environment;
    private final Program program;
    private final String url;

    private ServingProgram(TestEnvironment environment, Program program, String url) {
        this.environment = environment;
        this.program = program;
        this.url = url;
    }

    /** Waits until it is ready. */
    static ServingProgram start(TestEnvironment environment, Map<String, String> settings) throws Exception {
        var port = FreePort.find();
        settings.put("PORT", String.valueOf(port));
        settings.put("drydock.schedule", "off");
        var serving = new ServingProgram(environment, Program.start(settings, "serve"), "http://127.0.0.1:" + port);
        await().atMost(LONG)
                .ignoreExceptions()
                .until(() -> given().get(serving.url + "/q/health/ready").statusCode() == 200);
        return serving;
    }

    /** Starts a run of the agent triage, as soon as none is under way, and waits for its end. */
    void run() throws Exception {
        var before = finishedRuns();
        await().atMost(LONG)
                .pollInterval(SOON)
                .until(() -> given().header("Authorization", "Bearer " + TestEnvironment.ADMIN_TOKEN)
                                .post(url + "/api/agents/triage/runs")
                                .statusCode()
                        == 202);
        await().atMost(LONG).pollInterval(SOON).until(() -> finishedRuns() == before + 1);
    }

    private int finishedRuns() throws SQLException {
        return environment.count("run where outcome <> 'RUNNING'");
    }

    String log() throws IOException {
        return program.log();
    }

    Program.Ended terminate() throws Exception {
        return program.terminate();
    }

    @Override
    public void close() {
        program.close();
    }
}
