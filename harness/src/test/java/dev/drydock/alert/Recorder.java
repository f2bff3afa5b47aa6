package dev.drydock.alert;

import dev.drydock.alert.channel.AlertChannel;
import dev.drydock.journal.Notification;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A channel that remembers what it is sent, and can be told to break down. */
@Singleton
public class Recorder implements AlertChannel {

    public final List<Notification> notices = new CopyOnWriteArrayList<>();
    public volatile boolean broken;
    public volatile int attempts;

    @Override
    public String name() {
        return "recorder";
    }

    @Override
    public boolean isOn() {
        return true;
    }

    @Override
    public synchronized String send(Notification notification) throws IOException {
        attempts++;
        if (broken) {
            throw new IOException("answered 500");
        }
        notices.add(notification);
        return "ok";
    }
}
