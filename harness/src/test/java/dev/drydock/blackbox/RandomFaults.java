package dev.drydock.blackbox;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

/** One fault after another, each for a while, with some quiet between: which and when is settled by the seed. */
final class RandomFaults {

    private static final RandomFault[] ALL = RandomFault.values();

    private final TestEnvironment environment;
    private final Random random;
    private final Map<RandomFault, Integer> begun = new EnumMap<>(RandomFault.class);
    private Optional<RandomFault> current = Optional.empty();
    private int ticksLeft;

    RandomFaults(TestEnvironment environment, long seed) {
        this.environment = environment;
        this.random = new Random(seed);
        this.ticksLeft = ticks(10, 30);
    }

    /** To be called twice a second. */
    void tick() throws Exception {
        if (--ticksLeft > 0) {
            return;
        }
        if (current.isPresent()) {
            heal();
            ticksLeft = ticks(10, 40);
        } else {
            var fault = ALL[random.nextInt(ALL.length)];
            fault.begin(environment);
            begun.merge(fault, 1, Integer::sum);
            current = Optional.of(fault);
            ticksLeft = ticks(2, 16);
        }
    }

    /** Ends the fault, if there is one. */
    void heal() throws Exception {
        if (current.isPresent()) {
            current.get().end(environment);
            current = Optional.empty();
        }
    }

    boolean isDatabaseAway() {
        return current.filter(RandomFault.DATABASE_IS_KILLED::equals).isPresent();
    }

    @Override
    public String toString() {
        return begun.entrySet().stream()
                .map(fault -> fault.getValue() + " " + fault.getKey())
                .collect(Collectors.joining(", "));
    }

    private int ticks(int least, int most) {
        return least + random.nextInt(most - least);
    }
}
