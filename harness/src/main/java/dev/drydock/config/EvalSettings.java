package dev.drydock.config;

import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMin;
import java.math.BigDecimal;

/** Evals that {@code serve} runs by itself. */
public interface EvalSettings {

    /** When each agent's cases are decided by the live model: {@code 0 5 * * 1}. Off by default, because it costs money. */
    @WithDefault("off")
    @WithConverter(Schedule.SettingConverter.class)
    Schedule live();

    /** What these evals of one agent may cost in a day; the calls count towards the other budgets, too. */
    @WithDefault("1")
    @DecimalMin(value = "0", inclusive = false)
    BigDecimal budgetUsd();
}
