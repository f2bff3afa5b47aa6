package dev.drydock.offline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.model.CheckModels;
import dev.drydock.model.CheckModels.Findings;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

@QuarkusTest
class OfflineModelCheckTest {

    @Inject
    CheckModels models;

    @Test
    void the_offline_model_costs_nothing_and_is_usable_without_a_setting() {
        var progress = new ArrayList<String>();

        var found = models.check(progress::add);

        assertThat(models.atMostUsd().orElseThrow()).isZero();
        assertThat(found).extracting(Findings::model).containsExactly(OfflineModelAddress.MODEL);
        assertThat(found.get(0).usable()).isTrue();
        assertThat(found.get(0).settings()).isEmpty();
        assertThat(progress).isNotEmpty();
    }
}
