package dev.drydock.alert;

import dev.drydock.alert.channel.AlertChannel;
import dev.drydock.alert.channel.AlertChannel.RefusedException;
import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.database.Database;
import dev.drydock.journal.Notification;
import dev.drydock.journal.Observations;
import dev.drydock.journal.Observations.Kind;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Sends a test alert through each configured channel. */
@Singleton
public class SendTestAlert {

    /** The result of one channel. */
    @RegisterForReflection
    public record Answer(String channel, boolean taken, String answer) {}

    private final AlertChannels channels;
    private final Runbook runbook;
    private final InstantSource clock;
    private final Observations observations;

    SendTestAlert(AlertChannels channels, Runbook runbook, InstantSource clock, Observations observations) {
        this.channels = channels;
        this.runbook = runbook;
        this.clock = clock;
        this.observations = observations;
    }

    /** Sends one notification to each channel, one after the other, and stores the answers for the command {@code check}. */
    public List<Answer> send() {
        var test = test(clock.instant());
        var answers =
                channels.all().stream().map(channel -> send(channel, test)).toList();
        answers.forEach(
                answer -> observations.store(Kind.ALERT_TEST, answer.channel(), answer.taken(), answer.answer(), null));
        return answers;
    }

    private static Answer send(AlertChannel channel, Notification test) {
        try {
            return new Answer(channel.name(), true, channel.send(test));
        } catch (RefusedException | IOException e) {
            return new Answer(channel.name(), false, String.valueOf(e.getMessage()));
        }
    }

    private Notification test(Instant now) {
        return new Notification(
                Database.newId(),
                Notification.Type.TEST,
                "alert-test",
                null,
                Severity.CRITICAL,
                "Test of Drydock's alerts",
                "Sent by `drydock alert-test`. No action is needed.",
                now,
                now,
                runbook.paragraph("alert-test"));
    }
}
