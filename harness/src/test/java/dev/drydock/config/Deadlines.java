package dev.drydock.config;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.EnumSet;

/** Deadlines for tests. */
public final class Deadlines {

    private Deadlines() {}

    public static Deadline daily(LocalTime time) {
        return new Deadline(time, EnumSet.allOf(DayOfWeek.class));
    }
}
