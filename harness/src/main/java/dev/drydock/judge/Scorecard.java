package dev.drydock.judge;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How each agent did in the last weeks. What was not measured is null. */
@RegisterForReflection
public record Scorecard(LocalDate until, List<AgentWeeks> agents) {

    /**
     * The weeks of one agent, the oldest first.
     *
     * @param sentence what matters most about the last complete week
     */
    @RegisterForReflection
    public record AgentWeeks(String agent, List<Week> weeks, String sentence) {}

    /**
     * From Monday to Sunday, in the zone of the process. Shares are from 0 to 1.
     *
     * @param complete false for the week that has not ended
     * @param failed entries set aside as POISONED or UNDELIVERABLE
     * @param judged outputs that a person approved, rejected or gave feedback on
     * @param agreement of these, the share that nobody rejected or corrected to another label
     * @param dangerous of these, mistakes that the agent's spec calls dangerous
     * @param evalAccuracy of the week's last eval with the live model
     * @param evalDangerous of the same, the dangerous failures
     * @param onTime of the deadlines of {@code deliver-by}, the share that was met
     * @param uptime completed runs, of those that were due by the schedule of today
     * @param changes prompts and models that were used for the first time
     */
    @RegisterForReflection
    public record Week(
            LocalDate monday,
            boolean complete,
            long inputs,
            long decided,
            long failed,
            long judged,
            @Nullable Double agreement,
            long dangerous,
            @Nullable Double evalAccuracy,
            @Nullable Integer evalDangerous,
            @Nullable Long p95Millis,

            @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable
            BigDecimal usdPerDay,

            @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable
            BigDecimal usdPerItem,

            long delivered,
            @Nullable Double onTime,
            @Nullable Double uptime,
            long alerts,
            List<String> changes) {}
}
