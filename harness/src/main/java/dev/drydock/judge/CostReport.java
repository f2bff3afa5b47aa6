package dev.drydock.judge;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a day costs, and what would make it cheaper. Money is in USD.
 *
 * @param since the start of the measured time
 * @param spentUsd what the model calls of the measured time cost, as far as prices are known
 * @param dayUsd a day of all rows, and so {@code monthUsd} for 30 days
 */
@RegisterForReflection
public record CostReport(
        Instant since,
        Instant until,
        @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal spentUsd,
        List<Row> rows,
        @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal dayUsd,
        @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal monthUsd,
        List<Lever> levers,
        List<Share> byAgent,
        List<Share> byLabel,
        List<String> notes) {

    static final int MONTH_DAYS = 30;

    /** With a lever in the place of the agent's one with that name; the largest saving first. */
    CostReport with(Lever lever) {
        var all = new ArrayList<>(levers);
        all.removeIf(one -> one.name().equals(lever.name()) && one.agent().equals(lever.agent()));
        all.add(lever);
        all.sort(Comparator.comparing(Lever::savesUsd).reversed());
        return new CostReport(
                since, until, spentUsd, rows, dayUsd, monthUsd, List.copyOf(all), byAgent, byLabel, notes);
    }

    /**
     * A model call site, the database or the hosting.
     *
     * @param usdPerDay null if it is not known
     * @param measured false if it is estimated or set
     * @param basis from what the figures come
     */
    @RegisterForReflection
    public record Row(
            String what,
            String callSite,
            String model,
            @Nullable Double callsPerDay,
            @Nullable Long tokensIn,
            @Nullable Long tokensOut,
            @Nullable String price,

            @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable
            BigDecimal usdPerDay,

            boolean measured,
            String basis) {}

    /**
     * A way to spend less.
     *
     * @param savesUsd of what was spent in the measured time
     * @param arithmetic how the saving was computed
     * @param how what to do
     */
    @RegisterForReflection
    public record Lever(
            String name,
            String agent,
            @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal savesUsd,
            String arithmetic,
            String how) {}

    /**
     * What the calls of an agent cost in the measured time, or those for its entries with one label.
     *
     * @param label null for all, and "(undecided)" for entries without one
     */
    @RegisterForReflection
    public record Share(
            String agent,
            @Nullable String label,
            long entries,
            @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal usd) {}
}
