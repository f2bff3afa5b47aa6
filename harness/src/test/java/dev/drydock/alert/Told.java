package dev.drydock.alert;

import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.Alert;
import dev.drydock.journal.AlertJournal;
import dev.drydock.journal.Notice.Turn;
import dev.drydock.journal.NoticeOutbox;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;

/** What a person would have been told. */
@Singleton
public class Told {

    private static final int ALL = 10_000;

    private final EvaluateAlerts rounds;
    private final AlertJournal journal;
    private final NoticeOutbox outbox;

    Told(EvaluateAlerts rounds, AlertJournal journal, NoticeOutbox outbox) {
        this.rounds = rounds;
        this.journal = journal;
        this.outbox = outbox;
    }

    /** All turns of all alerts of a rule about a subject, after another two looks at the agent. */
    public List<Turn> of(String rule, RegisteredAgent<?, ?> agent) {
        rounds.look(agent);
        rounds.look(agent); // which is to add nothing
        return turns(rule, agent.name());
    }

    public List<Turn> turns(String rule, String subject) {
        return alerts(rule, subject).stream()
                .sorted(Comparator.comparing(Alert::openedAt))
                .flatMap(alert -> outbox.of(alert.id()).stream())
                .filter(notice -> notice.channel().equals("recorder"))
                .map(notice -> notice.turn())
                .toList();
    }

    public List<Alert> alerts(String rule, String subject) {
        return journal.recent(ALL).stream()
                .filter(alert -> alert.rule().equals(rule) && alert.subject().equals(subject))
                .toList();
    }
}
