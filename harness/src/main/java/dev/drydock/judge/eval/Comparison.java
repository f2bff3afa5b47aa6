package dev.drydock.judge.eval;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * The same cases decided twice: by the baseline or the current prompt and model, and by what is to be judged.
 *
 * @param missing ids that only the earlier result has
 * @param added ids that only the later result has
 */
public record Comparison(
        EvalResult before, EvalResult after, List<Turn> turns, List<String> missing, List<String> added) {

    /** A case and both decisions about it. */
    public record Turn(CaseResult before, CaseResult after) {

        boolean turnedRight() {
            return after.correct() && !before.correct();
        }

        boolean turnedWrong() {
            return before.correct() && !after.correct();
        }

        boolean turnedDangerous() {
            return after.dangerous() && !before.dangerous();
        }

        boolean flipped() {
            return !before.decided().equals(after.decided())
                    || !before.fields().equals(after.fields())
                    || turnedDangerous(); // by another wrong value of a field
        }
    }

    /** A case whose right label was corrected counts as added, because both decisions answer other questions. */
    static Comparison of(EvalResult before, EvalResult after) {
        var earlier = byId(before);
        var turns = new ArrayList<Turn>();
        var added = new ArrayList<String>();
        for (var each : after.cases()) {
            var twin = earlier.remove(each.id());
            if (twin != null && twin.label().equals(each.label())) {
                turns.add(new Turn(twin, each));
            } else {
                added.add(each.id());
            }
        }
        return new Comparison(
                before,
                after,
                List.copyOf(turns),
                earlier.keySet().stream().sorted().toList(),
                List.copyOf(added));
    }

    private static Map<String, CaseResult> byId(EvalResult result) {
        var byId = new HashMap<String, CaseResult>();
        result.cases().forEach(each -> byId.put(each.id(), each));
        return byId;
    }

    /** The figures of the cases that both have. */
    EvalFigures figuresBefore() {
        return EvalFigures.of(turns.stream().map(Turn::before).toList());
    }

    EvalFigures figuresAfter() {
        return EvalFigures.of(turns.stream().map(Turn::after).toList());
    }

    PairedTest labels() {
        return test(turns, CaseResult::correct);
    }

    /** Of one expected field, over the cases that expect it both times. */
    PairedTest field(String name) {
        var both = turns.stream()
                .filter(turn -> turn.before().fields().containsKey(name)
                        && turn.after().fields().containsKey(name))
                .toList();
        return test(both, each -> each.fields().getOrDefault(name, false));
    }

    Set<String> fields() {
        var names = new LinkedHashSet<String>();
        turns.forEach(turn -> names.addAll(turn.after().fields().keySet()));
        return names;
    }

    List<Turn> where(Function<Turn, Boolean> some) {
        return turns.stream().filter(some::apply).toList();
    }

    private static PairedTest test(List<Turn> turns, Function<CaseResult, Boolean> right) {
        BiPredicate<CaseResult, CaseResult> turned = (from, to) -> !right.apply(from) && right.apply(to);
        return new PairedTest(
                (int) turns.stream()
                        .filter(turn -> turned.test(turn.before(), turn.after()))
                        .count(),
                (int) turns.stream()
                        .filter(turn -> turned.test(turn.after(), turn.before()))
                        .count(),
                turns.size());
    }
}
