package dev.drydock.alert.rule;

import dev.drydock.alert.AlertRule;
import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.EntryHistory;
import dev.drydock.journal.HoldReason;
import jakarta.inject.Singleton;
import java.util.Optional;

/** A tool call may or may not have been made, or a decision claims what no call did. Alerts at once: the world may already differ. */
@Singleton
class UnverifiedCalls implements AlertRule.PerAgent {

    private final EntryHistory entries;

    UnverifiedCalls(EntryHistory entries) {
        this.entries = entries;
    }

    @Override
    public String name() {
        return "unverified-calls";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public Optional<Finding> evaluate(RegisteredAgent<?, ?> agent) {
        var unsure = entries.held(agent.name(), HoldReason.UNSURE);
        var claims = entries.held(agent.name(), HoldReason.CLAIM);
        return unsure + claims == 0
                ? Optional.empty()
                : Optional.of(new Finding(
                        "%s: %d entries wait because a tool call may have been made (UNSURE), %d because a decision claims what no call did (CLAIM)"
                                .formatted(agent.name(), unsure, claims),
                        "None; these entries are not delivered, and no call is made again.",
                        "Check /api/entries?agent=%s&state=HELD. UNSURE: see whether the call was made, then approve?unsure=made or ?unsure=again. CLAIM: reject."
                                .formatted(agent.name())));
    }
}
