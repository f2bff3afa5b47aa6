package dev.drydock.judge.replay;

import dev.drydock.config.DrydockConfig;
import dev.drydock.model.ModelCatalog;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What it may cost to try a prompt: nothing with a free model, else what evals of the live model may cost in a day. */
@Singleton
public class TrialPrice {

    private static final int MILLION = 1_000_000;

    private final ModelCatalog catalog;
    private final DrydockConfig config;

    TrialPrice(ModelCatalog catalog, DrydockConfig config) {
        this.catalog = catalog;
        this.config = config;
    }

    /** Whether the configured model is known to cost nothing. */
    public boolean isFree() {
        return price().map(usd -> usd.signum() == 0).orElse(false);
    }

    /** For the end of a sentence, with a comma; empty if it is free. */
    public String words() {
        if (isFree()) {
            return "";
        }
        return price().isPresent()
                ? ", for at most $%s a day (DRYDOCK_EVALS_BUDGET_USD)"
                        .formatted(config.evals().budgetUsd().toPlainString())
                : ", at a price that is not known";
    }

    Variant variant() {
        return Variant.live(Optional.ofNullable(budgetUsd()));
    }

    /** Null where there is nothing to limit: the model is free, or nobody knows its price. */
    @Nullable
    BigDecimal budgetUsd() {
        return isFree() || price().isEmpty() ? null : config.evals().budgetUsd();
    }

    /** Of a million tokens each way. */
    private Optional<BigDecimal> price() {
        return catalog.costOf(config.model().name(), MILLION, 0, MILLION);
    }
}
