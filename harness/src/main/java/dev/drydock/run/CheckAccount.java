package dev.drydock.run;

import dev.drydock.journal.RunHistory;
import dev.drydock.journal.RunResult;
import dev.drydock.journal.SkipReason;
import dev.drydock.model.ModelProbe;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Begins no cycle with an empty account: if that ended the agent's last run, the model is asked once before anything is fetched. */
@Singleton
class CheckAccount {

    private final RunHistory history;
    private final ModelProbe probe;

    CheckAccount(RunHistory history, ModelProbe probe) {
        this.history = history;
        this.probe = probe;
    }

    /** The result of the cycle if the account is still empty. */
    Optional<RunResult> stillEmpty(String agent) {
        return history.latest(agent, 1).stream()
                .filter(last -> last.skipReason() == SkipReason.QUOTA)
                .flatMap(last -> probe.emptyAccount().stream())
                .findFirst()
                .map(fault -> RunResult.skipped(SkipReason.QUOTA, fault));
    }
}
