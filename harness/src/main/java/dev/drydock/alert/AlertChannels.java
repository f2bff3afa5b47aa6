package dev.drydock.alert;

import dev.drydock.alert.channel.AlertChannel;
import dev.drydock.concurrent.Backoff;
import dev.drydock.config.AlertSettings.Severity;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** The configured channels, sorted by name. */
@Singleton
public class AlertChannels {

    /** The pause after a failed attempt to notify a channel. */
    static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(10), Duration.ofMinutes(5));

    private final List<AlertChannel> channels;

    AlertChannels(@Any Instance<AlertChannel> channels) {
        this.channels = channels.stream()
                .filter(AlertChannel::isOn)
                .sorted(Comparator.comparing(AlertChannel::name))
                .toList();
    }

    /** All of them. */
    public List<AlertChannel> all() {
        return channels;
    }

    List<String> wanting(Severity severity) {
        return channels.stream()
                .filter(channel -> channel.wants(severity))
                .map(AlertChannel::name)
                .toList();
    }
}
