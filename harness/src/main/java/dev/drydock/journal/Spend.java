package dev.drydock.journal;

import static dev.drydock.journal.DayFigures.sum;
import static java.util.stream.Collectors.groupingBy;

import dev.drydock.journal.CallDay.Label;
import dev.drydock.journal.CallDay.Site;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What model calls cost, the most expensive first, and which of them were repeats or long. Failed calls count with what they may have cost. */
public record Spend(List<CallSite> sites, List<LabelSpend> labels, List<Repeats> repeats, List<LongInputs> longInputs) {

    /** Of fewer inputs the median says little. */
    private static final int LEAST_INPUTS = 20;

    /**
     * The calls of one prompt of one agent by one model.
     *
     * @param prompt null if the call was made without an AI service
     * @param candidate whether a candidate made them, beside the agent
     * @param calls without answers from the cache
     * @param tokensIn of the answered calls with a known cost, as the other tokens
     * @param answeredUsd the cost of the answered calls
     * @param usd the known cost of all calls
     * @param unpriced the number of calls whose cost is not known
     */
    public record CallSite(
            String agent,
            @Nullable String prompt,
            String model,
            boolean candidate,
            long calls,
            long answered,
            long tokensIn,
            long tokensCached,
            long tokensOut,
            BigDecimal answeredUsd,
            BigDecimal usd,
            long unpriced) {}

    /** The calls for entries with one label; null for entries without one. An entry counts on each day of its calls. */
    public record LabelSpend(String agent, @Nullable String label, long entries, BigDecimal usd) {}

    /** First attempts that asked again, within a day, what was answered before; without the most expensive of equal ones. */
    public record Repeats(String agent, long calls, BigDecimal usd) {}

    /** The calls of one model whose input was longer than twice the median of their call site. */
    public record LongInputs(String agent, String model, long calls, long tokensOver) {}

    /** @param prompt empty for none */
    private record Place(Optional<String> prompt, String model, boolean candidate) {}

    /** @param days by agent */
    static Spend of(Map<String, ? extends Collection<CallDay>> days) {
        var sites = new ArrayList<CallSite>();
        var labels = new ArrayList<LabelSpend>();
        var repeats = new ArrayList<Repeats>();
        var longInputs = new ArrayList<LongInputs>();
        days.forEach((agent, calls) -> {
            sites.addAll(sites(agent, calls));
            labels.addAll(labels(agent, calls));
            repeats.add(new Repeats(agent, sum(calls, CallDay::repeats), usd(calls, CallDay::repeatsUsd)));
            longInputs.addAll(longInputs(agent, calls));
        });
        sites.sort(Comparator.comparing(CallSite::usd)
                .thenComparing(CallSite::calls)
                .reversed()
                .thenComparing(CallSite::agent));
        labels.sort(Comparator.comparing(LabelSpend::usd)
                .thenComparing(LabelSpend::entries)
                .reversed()
                .thenComparing(LabelSpend::agent));
        return new Spend(sites, labels, repeats, longInputs);
    }

    private static List<CallSite> sites(String agent, Collection<CallDay> days) {
        return days.stream()
                .flatMap(day -> day.sites().stream())
                .collect(groupingBy(
                        site -> new Place(Optional.ofNullable(site.prompt()), site.model(), site.candidate())))
                .entrySet()
                .stream()
                .map(site -> new CallSite(
                        agent,
                        site.getKey().prompt().orElse(null),
                        site.getKey().model(),
                        site.getKey().candidate(),
                        sum(site.getValue(), Site::calls),
                        sum(site.getValue(), Site::answered),
                        sum(site.getValue(), Site::tokensIn),
                        sum(site.getValue(), Site::tokensCached),
                        sum(site.getValue(), Site::tokensOut),
                        usd(site.getValue(), Site::answeredUsd),
                        usd(site.getValue(), Site::usd),
                        sum(site.getValue(), Site::unpriced)))
                .toList();
    }

    private static List<LabelSpend> labels(String agent, Collection<CallDay> days) {
        return days.stream()
                .flatMap(day -> day.labels().stream())
                .collect(groupingBy(label -> Optional.ofNullable(label.label())))
                .entrySet()
                .stream()
                .map(label -> new LabelSpend(
                        agent,
                        label.getKey().orElse(null),
                        sum(label.getValue(), Label::entries),
                        usd(label.getValue(), Label::usd)))
                .toList();
    }

    private static List<LongInputs> longInputs(String agent, Collection<CallDay> days) {
        var inputs = new HashMap<Place, Counted>();
        for (var day : days) {
            for (var site : day.inputs()) {
                inputs.computeIfAbsent(
                                new Place(Optional.ofNullable(site.prompt()), site.model(), false),
                                place -> new Counted())
                        .add(site.tokens());
            }
        }
        return inputs.entrySet().stream()
                .filter(site -> site.getValue().size() >= LEAST_INPUTS)
                .map(site -> {
                    var most = 2 * site.getValue().percentile(0.5);
                    return new LongInputs(
                            agent,
                            site.getKey().model(),
                            site.getValue().above(most),
                            site.getValue().beyond(most));
                })
                .toList();
    }

    private static <T> BigDecimal usd(Collection<T> parts, Function<T, BigDecimal> usd) {
        return parts.stream().map(usd).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
