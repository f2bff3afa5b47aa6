package dev.drydock.config;

import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.math.BigDecimal;
import java.util.Optional;

/** How decisions are judged, and what they cost. */
public interface JudgeSettings {

    /** Evals that {@code serve} runs by itself. */
    interface Evals {

        /** When each agent's cases are decided by the live model: {@code 0 5 * * 1}. Off by default, because it costs money. */
        @WithDefault("off")
        @WithConverter(Schedule.SettingConverter.class)
        Schedule live();

        /** What these evals of one agent may cost in a day; the calls count towards the other budgets, too. */
        @WithDefault("1")
        @DecimalMin(value = "0", inclusive = false)
        BigDecimal budgetUsd();
    }

    /** When a label goes live that has to earn it. */
    interface EarnedLabels {

        /** What the lower bound of the measured agreement must reach, from 0 to 1. */
        @WithDefault("0.9")
        @DecimalMin("0.5")
        @DecimalMax("0.999")
        double agreement();

        /** How many outputs people must have judged, none of them a dangerous mistake. */
        @WithDefault("50")
        @Min(10)
        @Max(1000)
        int judged();
    }

    /** Fixed costs in USD, for the report of the command {@code cost}. */
    interface Cost {

        Optional<@DecimalMin("0") BigDecimal> databaseMonthlyUsd();

        /** The machine that runs Drydock. */
        Optional<@DecimalMin("0") BigDecimal> hostingMonthlyUsd();
    }
}
