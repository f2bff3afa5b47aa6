package com.example.digest;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.digest.DigestAgent.Weight;
import dev.drydock.agent.Window;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The samples, read and briefed on by the offline model, or whatever model is configured. */
@QuarkusTest
class DigestCycleTest {

    @Inject
    DigestAgent agent;

    @Test
    void makes_one_briefing_of_all_feeds_and_names_the_dead_one() throws Exception {
        var now = Instant.parse("2026-11-24T06:15:00Z");

        var batches = agent.fetch(new Window(now, now, true));

        assertThat(batches).singleElement().satisfies(batch -> {
            assertThat(batch.id()).isEqualTo("2026-11-24");
            assertThat(batch.entries()).hasSize(7).doesNotHaveDuplicates();
            assertThat(batch.faults()).singleElement().asString().contains("gone.xml");
        });
        var batch = batches.get(0);
        assertThat(agent.rule(batch)).isEmpty();
        var briefing = agent.decide(batch);
        assertThat(briefing.weight()).isEqualTo(Weight.ACT);
        assertThat(briefing.points())
                .isNotEmpty()
                .allSatisfy(point -> assertThat(point.text()).isNotBlank());
    }

    @Test
    void settles_a_day_without_news_by_rule() throws Exception {
        var monthsLater = Instant.parse("2027-03-01T06:15:00Z");

        var batch = agent.fetch(new Window(monthsLater, monthsLater, false)).get(0);

        assertThat(agent.rule(batch))
                .hasValueSatisfying(briefing -> assertThat(briefing.weight()).isEqualTo(Weight.QUIET));
    }
}
