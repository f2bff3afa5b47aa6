package dev.drydock.alert;

import dev.drydock.alert.channel.AlertChannel;
import dev.drydock.alert.channel.AlertChannel.RefusedException;
import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.database.Database;
import dev.drydock.journal.Notification;
import dev.drydock.journal.Notification.Type;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Sends a test alert through every channel that is set. */
@Singleton
public class SendTestAlert {

    /** What became of it in one channel. */
    @RegisterForReflection
    public record Answer(String channel, boolean taken, String answer) {}

    private final AlertChannels channels;
    private final Runbook runbook;
    private final InstantSource clock;

    SendTestAlert(AlertChannels channels, Runbook runbook, InstantSource clock) {
        this.channels = channels;
        this.runbook = runbook;
        this.clock = clock;
    }

    /** Once to each, one after the other; nothing is written down. */
    public List<Answer> send() {
        var test = test(clock.instant());
        return channels.all().stream().map(channel -> send(channel, test)).toList();
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
                Type.TEST,
                "alert-test",
                null,
                Severity.CRITICAL,
                "This is a test of Drydock's alerts",
                "Somebody ran `drydock alert-test`. There is nothing to do.",
                now,
                now,
                runbook.paragraph("alert-test"));
    }
}
