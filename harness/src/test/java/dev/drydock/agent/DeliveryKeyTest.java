package dev.drydock.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeliveryKeyTest {

    @Test
    void is_the_same_for_the_same_item_and_version() {
        assertThat(DeliveryKey.of("triage", "a.eml", "1")).isEqualTo(DeliveryKey.of("triage", "a.eml", "1"));
    }

    @Test
    void differs_where_the_parts_only_read_the_same_when_joined() {
        assertThat(DeliveryKey.of("triage", "ab", "c")).isNotEqualTo(DeliveryKey.of("triage", "a", "bc"));
    }

    @Test
    void is_safe_in_a_file_name_whatever_the_item_is_called() {
        assertThat(DeliveryKey.of("triage", "../ü\n\0", "1").value()).matches("triage-[0-9a-f]{32}");
    }
}
