package dev.drydock.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.agent.Mode;
import org.junit.jupiter.api.Test;

class EntryStateTest {

    @Test
    void a_decision_goes_where_the_mode_sends_it() {
        assertThat(EntryState.afterDecision(Mode.SHADOW)).isEqualTo(EntryState.SHADOWED);
        assertThat(EntryState.afterDecision(Mode.REVIEW)).isEqualTo(EntryState.HELD);
        assertThat(EntryState.afterDecision(Mode.LIVE)).isEqualTo(EntryState.PENDING);
    }

    @Test
    void nothing_leads_from_a_shadow_output_to_a_delivery() {
        for (var next : EntryState.values()) {
            assertThat(EntryState.SHADOWED.mayBecome(next)).isFalse();
        }
    }

    @Test
    void only_a_pending_entry_is_ever_delivered() {
        for (var state : EntryState.values()) {
            assertThat(state.mayBecome(EntryState.DELIVERED)).isEqualTo(state == EntryState.PENDING);
        }
    }
}
