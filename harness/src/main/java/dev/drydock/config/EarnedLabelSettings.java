package dev.drydock.config;

import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** When a label goes live that has to earn it. */
public interface EarnedLabelSettings {

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
