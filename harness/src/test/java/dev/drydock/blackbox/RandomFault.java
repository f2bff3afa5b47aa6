package dev.drydock.blackbox;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.serviceUnavailable;
import static com.github.tomakehurst.wiremock.http.Fault.CONNECTION_RESET_BY_PEER;

import java.time.Duration;

/** A fault of the surroundings that comes and goes. */
enum RandomFault {
    MODEL_FAILS(around -> around.model().fail(), RandomFault::healModel),
    MODEL_LIMITS_THE_RATE(
            around -> around.model().answer(aResponse().withStatus(429).withHeader("Retry-After", "1")),
            RandomFault::healModel),
    MODEL_CUTS_THE_CONNECTION(
            around -> around.model().answer(serverError().withFault(CONNECTION_RESET_BY_PEER)), RandomFault::healModel),
    MODEL_TALKS_NONSENSE(
            around -> around.model().answer(MockModel.completion("I would rather not.")), RandomFault::healModel),
    ALL_ANSWERS_ARE_SLOW(
            around -> around.model().delay(Duration.ofSeconds(3)),
            around -> around.model().delay(Duration.ZERO)),
    RECEIVER_IS_BUSY(around -> around.model().slackAnswers(serviceUnavailable()), RandomFault::healReceiver),
    RECEIVER_CUTS_THE_CONNECTION(
            around -> around.model().slackAnswers(serverError().withFault(CONNECTION_RESET_BY_PEER)),
            RandomFault::healReceiver),
    SOURCE_IS_GONE(TestEnvironment::hideInbox, TestEnvironment::showInbox),
    DATABASE_CUTS_CONNECTIONS(around -> around.ask("""
                    select count(pg_terminate_backend(pid)) from pg_stat_activity
                    where backend_type = 'client backend' and pid <> pg_backend_pid()"""), around -> {}),
    DATABASE_IS_KILLED(TestEnvironment::killDatabase, TestEnvironment::restartDatabase);

    private interface Change {
        void make(TestEnvironment surroundings) throws Exception;
    }

    private final Change begin;
    private final Change end;

    RandomFault(Change begin, Change end) {
        this.begin = begin;
        this.end = end;
    }

    void begin(TestEnvironment surroundings) throws Exception {
        begin.make(surroundings);
    }

    void end(TestEnvironment surroundings) throws Exception {
        end.make(surroundings);
    }

    private static void healModel(TestEnvironment surroundings) {
        surroundings.model().answer();
    }

    private static void healReceiver(TestEnvironment surroundings) {
        surroundings.model().slackAnswers(ok());
    }
}
