package dev.drydock.blackbox;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.serviceUnavailable;
import static com.github.tomakehurst.wiremock.http.Fault.CONNECTION_RESET_BY_PEER;

import com.google.errorprone.annotations.Immutable;
import java.time.Duration;

/** A fault of the environment that comes and goes. */
enum RandomFault {
    MODEL_FAILS(environment -> environment.model().fail(), RandomFault::healModel),
    MODEL_LIMITS_THE_RATE(
            environment ->
                    environment.model().answer(aResponse().withStatus(429).withHeader("Retry-After", "1")),
            RandomFault::healModel),
    MODEL_CUTS_THE_CONNECTION(
            environment -> environment.model().answer(serverError().withFault(CONNECTION_RESET_BY_PEER)),
            RandomFault::healModel),
    MODEL_TALKS_NONSENSE(
            environment -> environment.model().answer(MockModel.completion("I would rather not.")),
            RandomFault::healModel),
    ALL_ANSWERS_ARE_SLOW(
            environment -> environment.model().delay(Duration.ofSeconds(3)),
            environment -> environment.model().delay(Duration.ZERO)),
    RECEIVER_IS_BUSY(environment -> environment.model().slackAnswers(serviceUnavailable()), RandomFault::healReceiver),
    RECEIVER_CUTS_THE_CONNECTION(
            environment -> environment.model().slackAnswers(serverError().withFault(CONNECTION_RESET_BY_PEER)),
            RandomFault::healReceiver),
    SOURCE_IS_GONE(TestEnvironment::hideInbox, TestEnvironment::showInbox),
    DATABASE_CUTS_CONNECTIONS(environment -> environment.ask("""
                    select count(pg_terminate_backend(pid)) from pg_stat_activity
                    where backend_type = 'client backend' and pid <> pg_backend_pid()"""), environment -> {}),
    DATABASE_IS_KILLED(TestEnvironment::killDatabase, TestEnvironment::restartDatabase);

    @Immutable
    private interface Change {
        void make(TestEnvironment environment) throws Exception;
    }

    private final Change begin;
    private final Change end;

    RandomFault(Change begin, Change end) {
        this.begin = begin;
        this.end = end;
    }

    void begin(TestEnvironment environment) throws Exception {
        begin.make(environment);
    }

    void end(TestEnvironment environment) throws Exception {
        end.make(environment);
    }

    private static void healModel(TestEnvironment environment) {
        environment.model().answer();
    }

    private static void healReceiver(TestEnvironment environment) {
        environment.model().slackAnswers(ok());
    }
}
