package dev.drydock.alert.rule;

import dev.drydock.alert.AlertRule;
import dev.drydock.config.Agents;
import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.config.DrydockConfig;
import dev.drydock.journal.AlertJournal;
import dev.drydock.judge.MakeScorecard;
import dev.drydock.judge.ScorecardMessage;
import jakarta.inject.Singleton;
import java.time.DayOfWeek;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;

/** It is Monday: the scorecard of the week before is sent. Open until the day ends, so that it is sent once over all processes. */
@Singleton
class WeeklyScorecard implements AlertRule.Global {

    private static final int HOUR = 8;
    private static final int WEEKS =
            3; // the one that has begun, the one that is reported, and the one that it is compared with

    private final MakeScorecard scorecard;
    private final Agents agents;
    private final AlertJournal journal;
    private final ZoneId zone;
    private final InstantSource clock;

    WeeklyScorecard(
            MakeScorecard scorecard, Agents agents, AlertJournal journal, DrydockConfig config, InstantSource clock) {
        this.scorecard = scorecard;
        this.agents = agents;
        this.journal = journal;
        this.zone = config.zone();
        this.clock = clock;
    }

    @Override
    public String name() {
        return "scorecard";
    }

    @Override
    public Severity severity() {
        return Severity.INFO;
    }

    @Override
    public Optional<Finding> evaluate() {
        var now = LocalDateTime.ofInstant(clock.instant(), zone);
        if (now.getDayOfWeek() != DayOfWeek.MONDAY || now.getHour() < HOUR) {
            return Optional.empty();
        }
        var sent = journal.openOf(name(), "");
        if (sent.isPresent()) { // made once a week, and not once a minute
            return sent.map(alert -> finding(new ScorecardMessage(alert.summary(), "")));
        }
        return ScorecardMessage.of(
                        scorecard.make(agents.all(), WEEKS), now.toLocalDate().minusWeeks(1))
                .map(WeeklyScorecard::finding);
    }

    private static Finding finding(ScorecardMessage message) {
        return new Finding(message.summary(), message.figures(), "All weeks: ./drydock scorecard.");
    }
}
