package dev.drydock.config;

import jakarta.validation.constraints.DecimalMin;
import java.math.BigDecimal;
import java.util.Optional;

/** Fixed costs in USD, for the report of the command {@code cost}. */
public interface CostSettings {

    Optional<@DecimalMin("0") BigDecimal> databaseMonthlyUsd();

    /** The machine that runs Drydock. */
    Optional<@DecimalMin("0") BigDecimal> hostingMonthlyUsd();
}
