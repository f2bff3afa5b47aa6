package dev.drydock.judge.replay;

import dev.drydock.config.Agents;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.config.ShadowCandidate;
import dev.drydock.config.ShadowCandidate.PromptFile;
import dev.drydock.journal.CandidateDecisions;
import dev.drydock.journal.CandidateDecisions.Compared;
import dev.drydock.journal.JudgedOutputs.Judged;
import dev.drydock.judge.eval.PairedTest;
import dev.drydock.judge.eval.Proportion;
import dev.drydock.judge.replay.CandidateReport.People;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares what an agent's candidate decided with the decisions that count, and with what people said of these. */
@Singleton
public class MeasureCandidate {

    private static final int MOST = 50_000;

    private final CandidateDecisions decisions;
    private final Agents agents;

    MeasureCandidate(CandidateDecisions decisions, Agents agents) {
        this.decisions = decisions;
        this.agents = agents;
    }

    /** Null if the agent has no candidate. */
    public @Nullable CandidateReport report(String agent, Instant since, List<Judged> judged) {
        return agents.named(agent)
                .map(RegisteredAgent::settings)
                .map(settings -> settings.candidate())
                .filter(ShadowCandidate::exists)
                .map(candidate -> report(agent, candidate, since, judged))
                .orElse(null);
    }

    CandidateReport report(String agent, ShadowCandidate candidate, Instant since, List<Judged> judged) {
        var all = decisions.latest(agent, DecideBeside.id(candidate), since, MOST);
        var compared =
                all.stream().filter(each -> each.candidate().label() != null).toList();
        var same = (int) compared.stream()
                .filter(each -> each.label().equals(each.candidate().label()))
                .count();
        var agreement = new Proportion(same, compared.size());
        var dangerous = (int)
                compared.stream().filter(each -> each.candidate().dangerous()).count();
        var people = people(compared, judged);
        return new CandidateReport(
                candidate.prompt().map(PromptFile::toString).orElse(null),
                candidate.model().orElse(null),
                compared.size(),
                all.size() - compared.size(),
                same,
                compared.isEmpty() ? null : agreement.rate(),
                agreement.interval(),
                dangerous,
                people,
                sum(compared, each -> each.candidate().usd()),
                sum(compared, Compared::usd),
                candidate.budgetUsd().toPlainString(),
                sentence(agreement, dangerous, people));
    }

    private static @Nullable People people(List<Compared> compared, List<Judged> judged) {
        var said =
                judged.stream().collect(Collectors.toMap(Judged::entryId, Function.identity(), (one, other) -> other));
        var both = compared.stream().filter(each -> isKnown(each, said)).toList();
        var live = both.stream().filter(each -> saidOf(each, said).agreed()).toList();
        var mine = both.stream().filter(each -> isRight(each, said)).toList();
        if (both.isEmpty()) {
            return null;
        }
        var better =
                (int) mine.stream().filter(each -> !saidOf(each, said).agreed()).count();
        var worse = (int) live.stream().filter(each -> !isRight(each, said)).count();
        return new People(
                both.size(),
                mine.size(),
                live.size(),
                better,
                worse,
                new PairedTest(better, worse, both.size()).verdict());
    }

    /** If a person only said that the label is wrong, another one may be right. */
    private static boolean isKnown(Compared each, Map<UUID, Judged> said) {
        var judged = said.get(each.entryId());
        return judged != null
                && (judged.agreed()
                        || judged.right() != null
                        || each.label().equals(each.candidate().label()));
    }

    private static boolean isRight(Compared each, Map<UUID, Judged> said) {
        var judged = saidOf(each, said);
        var right = judged.right() == null && judged.agreed() ? judged.label() : judged.right();
        return right != null && right.equals(each.candidate().label());
    }

    private static Judged saidOf(Compared each, Map<UUID, Judged> said) {
        return Optional.ofNullable(said.get(each.entryId())).orElseThrow();
    }

    private static @Nullable String sum(List<Compared> compared, Function<Compared, @Nullable BigDecimal> amount) {
        var sum = BigDecimal.ZERO;
        for (var each : compared) {
            var usd = amount.apply(each);
            if (usd == null) {
                return null;
            }
            sum = sum.add(usd);
        }
        return Lanes.usd(Optional.of(sum));
    }

    private static String sentence(Proportion agreement, int dangerous, @Nullable People people) {
        if (agreement.of() == 0) {
            return "it has decided nothing yet";
        }
        var label = String.format(Locale.ROOT, "it gives %s of %,d outputs the same label", agreement, agreement.of());
        var flips =
                dangerous == 0 ? "" : String.format(Locale.ROOT, ", and decides %,d dangerously otherwise", dangerous);
        return label
                + flips
                + (people == null
                        ? "; nobody judged one of them"
                        : String.format(
                                Locale.ROOT, "; of %,d that people judged: %s", people.judged(), people.verdict()));
    }
}
