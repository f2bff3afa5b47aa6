package dev.drydock.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class MemoryShareTest {

    private static final Duration AT_ONCE = Duration.ZERO;
    private static final int MB = 1 << 20;

    private final MemoryShare share = new MemoryShare(128L * MB); // 4 MB for items

    @Test
    void lets_so_many_items_in_as_fit_and_others_when_these_have_left() throws Exception {
        var first = share.tryAcquire(3 * MB, AT_ONCE);

        assertThat(first).isPositive();
        assertThat(share.tryAcquire(2 * MB, AT_ONCE)).isZero();
        share.release(first);
        assertThat(share.tryAcquire(2 * MB, AT_ONCE)).isPositive();
    }

    @Test
    void lets_an_item_in_that_is_larger_than_the_share_but_alone() throws Exception {
        var huge = share.tryAcquire(100L * MB, AT_ONCE);

        assertThat(huge).isPositive();
        assertThat(share.tryAcquire(0, AT_ONCE)).isZero();
        share.release(huge);
        var small = share.tryAcquire(0, AT_ONCE);
        assertThat(small).isPositive();
        assertThat(share.tryAcquire(100L * MB, AT_ONCE)).isZero();
    }
}
