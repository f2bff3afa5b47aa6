package dev.drydock.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.agent.Item;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class AdmitEntriesTest {

    private final String agent = "admits" + UUID.randomUUID().toString().substring(0, 8);

    @Inject
    AdmitEntries admitEntries;

    @Inject
    OtherProcess process;

    record Small(String id) implements Item {}

    record Huge(String id) implements Item {

        @Override
        public String version() {
            throw new OutOfMemoryError("as when a text of 200 MB is written as JSON");
        }
    }

    @Test
    void sets_an_item_aside_that_does_not_fit_into_memory_and_admits_the_others() {
        var run = process.open(agent, null).orElseThrow();

        var admission = admitEntries.admit(agent, run, List.of(new Small("a"), new Huge("b"), new Small("c")));

        assertThat(admission.items()).isEqualTo(3);
        assertThat(admission.admitted()).isEqualTo(2);
        assertThat(admission.unstorable())
                .singleElement()
                .asString()
                .startsWith("the item is too large for the memory of this process");
    }
}
