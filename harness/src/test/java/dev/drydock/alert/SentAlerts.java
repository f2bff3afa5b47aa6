package dev.drydock.alert;

import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.Alert;
import dev.drydock.journal.AlertJournal;
import dev.drydock.journal.AlertOutbox;
import dev.drydock.journal.Notification;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;

/** What a person would have been told. */
@Singleton
public class SentAlerts {

    private static final int ALL = 10_000;

    private final EvaluateAlerts rounds;
    private final AlertJournal journal;
    private final AlertOutbox outbox;

    SentAlerts(EvaluateAlerts rounds, AlertJournal journal, AlertOutbox outbox) {
        this.rounds = rounds;
        this.journal = journal;
        this.outbox = outbox;
    }

    /** All turns of all alerts of a rule about a subject, after another two looks at the agent. */
    public List<Notification.Type> of(String rule, RegisteredAgent<?, ?> agent) {
        rounds.evaluate(agent);
        rounds.evaluate(agent); // which is to add nothing
        return types(rule, agent.name());
    }

    public List<Notification.Type> types(String rule, String subject) {
        return alerts(rule, subject).stream()
                .sorted(Comparator.comparing(Alert::openedAt))
                .flatMap(alert -> outbox.of(alert.id()).stream())
                .filter(notification -> notification.channel().equals("recorder"))
                .map(notification -> notification.type())
                .toList();
    }

    public List<Alert> alerts(String rule, String subject) {
        return journal.recent(ALL).stream()
                .filter(alert -> alert.rule().equals(rule) && alert.subject().equals(subject))
                .toList();
    }
}
