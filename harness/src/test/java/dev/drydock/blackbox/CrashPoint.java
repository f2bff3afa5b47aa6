package dev.drydock.blackbox;

import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static dev.drydock.blackbox.HeldStatement.Fate.COMES_TO_NOTHING;
import static dev.drydock.blackbox.HeldStatement.Fate.TAKES_EFFECT;

import com.google.errorprone.annotations.Immutable;
import dev.drydock.blackbox.HeldStatement.Fate;
import java.time.Duration;

/** A step of a cycle at which a process may die, and what holds it there from outside. */
enum CrashPoint {
    AFTER_FETCH(Sent.NOTHING, statement("insert", "new.state = 'ADMITTED'", COMES_TO_NOTHING)),
    AFTER_ADMIT(Sent.NOTHING, statement("insert", "new.state = 'ADMITTED'", TAKES_EFFECT)),
    MID_DECIDE(Sent.NOTHING, CrashPoint::silentModel),
    AFTER_DECIDE(Sent.NOTHING, statement("update", "new.state = 'PENDING' and old.state = 'ADMITTED'", TAKES_EFFECT)),
    AFTER_CLAIM(Sent.NOTHING_BUT_CLAIMED, statement("update", "new.claim is not null", TAKES_EFFECT)),
    MID_DELIVER(Sent.SOME, CrashPoint::silentReceiver),
    AFTER_DELIVER(Sent.SOME, statement("update", "new.state = 'DELIVERED'", COMES_TO_NOTHING));

    /** How many entries are decided side by side. */
    static final int AT_A_TIME = 2;

    /** How many entries are claimed and sent at first: the outbox sends more when the receiver has taken that many. */
    static final int SENT_AT_FIRST = 1;

    /** What may have gone out without anybody having written down that it did. */
    enum Sent {
        NOTHING,
        /** Nothing, but only the dead process could have told. */
        NOTHING_BUT_CLAIMED,
        SOME
    }

    @Immutable
    private interface Hold {
        Obstacle put(TestEnvironment environment) throws Exception;
    }

    private final Sent sent;
    private final Hold hold;

    CrashPoint(Sent sent, Hold hold) {
        this.sent = sent;
        this.hold = hold;
    }

    /** What the next process cannot know to be there or not. */
    Sent sent() {
        return sent;
    }

    /** The tables must be there. */
    Obstacle hold(TestEnvironment environment) throws Exception {
        return hold.put(environment);
    }

    private static Hold statement(String statement, String condition, Fate fate) {
        return environment -> new HeldStatement(environment, statement, condition, fate);
    }

    private static Obstacle silentModel(TestEnvironment environment) {
        var model = environment.model();
        model.delay(Duration.ofMinutes(1));
        return new Obstacle() {
            @Override
            public boolean reached() {
                return model.requests() > 0; // soon after another process, a process begins with one call at a time
            }

            @Override
            public void close() {
                model.delay(Duration.ZERO);
            }
        };
    }

    private static Obstacle silentReceiver(TestEnvironment environment) {
        var model = environment.model();
        model.slackAnswers(ok().withFixedDelay(60_000));
        return new Obstacle() {
            @Override
            public boolean reached() {
                return model.posts().size() >= SENT_AT_FIRST;
            }

            @Override
            public void close() {
                model.slackAnswers(ok());
            }
        };
    }
}
