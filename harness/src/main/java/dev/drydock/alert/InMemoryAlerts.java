package dev.drydock.alert;

import dev.drydock.alert.channel.AlertChannel;
import dev.drydock.alert.channel.NoticeRefusedException;
import dev.drydock.database.Database;
import dev.drydock.journal.Alert;
import dev.drydock.journal.Notice;
import dev.drydock.journal.Notice.Turn;
import dev.drydock.journal.StoredNotice;
import dev.drydock.journal.StoredNotice.State;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** An alert that cannot be stored now, and what its channels have taken of it. */
final class InMemoryAlerts {

    private static final Logger LOG = Logger.getLogger(InMemoryAlerts.class);

    private final class Unsent {

        private final Turn turn;
        private final AlertChannel channel;
        private final Instant at;
        private State state = State.WAITING;
        private int attempts;
        private Instant nextAttemptAt;
        private @Nullable String answer;
        private @Nullable Instant sentAt;

        private Unsent(Turn turn, AlertChannel channel, Instant at) {
            this.turn = turn;
            this.channel = channel;
            this.at = at;
            this.nextAttemptAt = at;
        }

        private void send(URI runbook, Instant now) {
            attempts++;
            try {
                answer = channel.send(new Notice(
                        id,
                        turn,
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
            } catch (NoticeRefusedException e) {
                answer = e.getMessage();
                state = State.REFUSED;
                LOG.errorf("%s refuses an alert for good: %s", channel.name(), answer);
            } catch (IOException e) {
                answer = e.getMessage();
                nextAttemptAt = now.plus(Backoff.after(attempts));
                LOG.warnf("%s does not take an alert now (%s); it is tried again", channel.name(), answer);
            }
        }

        private StoredNotice stored() {
            return new StoredNotice(
                    Database.newId(),
                    id,
                    turn,
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
    private final Rule rule;
    private final Finding finding;
    private final Instant since;
    private final List<AlertChannel> channels;
    private final List<Unsent> notices = new ArrayList<>();

    InMemoryAlerts(Rule rule, Finding finding, Instant since, Instant now, List<AlertChannel> channels) {
        this.rule = rule;
        this.finding = finding;
        this.since = since;
        this.channels = channels;
        add(Turn.OPENED, now);
    }

    Instant openedAt() {
        return since;
    }

    /** Another turn; each comes once. */
    void add(Turn turn, Instant at) {
        if (notices.stream().noneMatch(notice -> notice.turn == turn)) {
            channels.stream()
                    .filter(channel -> channel.wants(rule.severity()))
                    .forEach(channel -> notices.add(new Unsent(turn, channel, at)));
        }
    }

    void sendDue(URI runbook, Instant now) {
        notices.stream()
                .filter(notice -> notice.state == State.WAITING && !now.isBefore(notice.nextAttemptAt))
                .forEach(notice -> notice.send(runbook, now));
    }

    /** As it is to be stored when it is over. */
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
                        .filter(notice -> notice.turn == Turn.ESCALATED)
                        .map(notice -> notice.at)
                        .findFirst()
                        .orElse(null),
                resolvedAt);
    }

    /** All that its channels were told, and their last turn, which is yet to be told. */
    List<StoredNotice> notices(Instant resolvedAt) {
        return Stream.concat(
                        notices.stream(),
                        notices.stream()
                                .filter(notice -> notice.turn == Turn.OPENED)
                                .map(notice -> new Unsent(Turn.RESOLVED, notice.channel, resolvedAt)))
                .map(Unsent::stored)
                .toList();
    }

    private String details() {
        return finding.details(since);
    }
}
