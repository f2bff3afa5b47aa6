package dev.drydock.alert;

import dev.drydock.alert.AlertRule.Finding;
import dev.drydock.alert.channel.AlertChannel;
import dev.drydock.alert.channel.AlertChannel.RefusedException;
import dev.drydock.database.Database;
import dev.drydock.journal.Alert;
import dev.drydock.journal.AlertDelivery;
import dev.drydock.journal.AlertDelivery.State;
import dev.drydock.journal.Notification;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** An alert that cannot be stored now, and the deliveries of its notifications. */
final class InMemoryAlerts {

    private static final Logger LOG = Logger.getLogger(InMemoryAlerts.class);

    private final class Unsent {

        private final Notification.Type type;
        private final AlertChannel channel;
        private final Instant at;
        private State state = State.WAITING;
        private int attempts;
        private Instant nextAttemptAt;
        private @Nullable String answer;
        private @Nullable Instant sentAt;

        private Unsent(Notification.Type type, AlertChannel channel, Instant at) {
            this.type = type;
            this.channel = channel;
            this.at = at;
            this.nextAttemptAt = at;
        }

        private void send(URI runbook, Instant now) {
            attempts++;
            try {
                answer = channel.send(new Notification(
                        id,
                        type,
                        rule.name(),
                        null,
                        rule.severity(),
                        finding.summary(),
                        details(),
                        since,
                        at,
                        runbook));
                sentAt = now;
                state = State.SENT;
            } catch (RefusedException e) {
                answer = e.getMessage();
                state = State.REFUSED;
                LOG.errorf("Alert channel %s refused an alert permanently: %s", channel.name(), answer);
            } catch (IOException e) {
                answer = e.getMessage();
                nextAttemptAt = now.plus(AlertChannels.BACKOFF.after(attempts));
                LOG.warnf("Alert channel %s failed (%s); the alert is sent again later", channel.name(), answer);
            }
        }

        private AlertDelivery stored() {
            return new AlertDelivery(
                    Database.newId(),
                    id,
                    type,
                    channel.name(),
                    rule.severity(),
                    finding.summary(),
                    details(),
                    at,
                    state,
                    attempts,
                    answer,
                    sentAt);
        }
    }

    private final UUID id = Database.newId();
    private final AlertRule rule;
    private final Finding finding;
    private final Instant since;
    private final List<AlertChannel> channels;
    private final List<Unsent> notices = new ArrayList<>();

    InMemoryAlerts(AlertRule rule, Finding finding, Instant since, Instant now, List<AlertChannel> channels) {
        this.rule = rule;
        this.finding = finding;
        this.since = since;
        this.channels = channels;
        add(Notification.Type.OPENED, now);
    }

    Instant openedAt() {
        return since;
    }

    /** Adds a notification to each channel; at most one of each type. */
    void add(Notification.Type type, Instant at) {
        if (notices.stream().noneMatch(notification -> notification.type == type)) {
            channels.stream()
                    .filter(channel -> channel.wants(rule.severity()))
                    .forEach(channel -> notices.add(new Unsent(type, channel, at)));
        }
    }

    void sendDue(URI runbook, Instant now) {
        notices.stream()
                .filter(notification ->
                        notification.state == State.WAITING && !now.isBefore(notification.nextAttemptAt))
                .forEach(notification -> notification.send(runbook, now));
    }

    /** The alert to store when the database is back. */
    Alert alert(Instant resolvedAt) {
        return new Alert(
                id,
                rule.name(),
                "",
                null,
                rule.severity(),
                finding.summary(),
                details(),
                since,
                notices.stream()
                        .filter(notification -> notification.type == Notification.Type.ESCALATED)
                        .map(notification -> notification.at)
                        .findFirst()
                        .orElse(null),
                resolvedAt);
    }

    /** All notifications, and for each channel one about the end, to be sent from the database. */
    List<AlertDelivery> notices(Instant resolvedAt) {
        return Stream.concat(
                        notices.stream(),
                        notices.stream()
                                .filter(notification -> notification.type == Notification.Type.OPENED)
                                .map(notification ->
                                        new Unsent(Notification.Type.RESOLVED, notification.channel, resolvedAt)))
                .map(Unsent::stored)
                .toList();
    }

    private String details() {
        return finding.details(since);
    }
}
