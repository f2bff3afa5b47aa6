package dev.drydock.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The packaged program, whose database stands behind an address that is cut, or leads to another server. */
@Tag("chaos")
@Tag("slow")
class FailoverIT {

    private static final int MESSAGES = 12;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private TestEnvironment environment;
    private Forwarder address;

    @BeforeEach
    void open() throws Exception {
        environment = TestEnvironment.withOwnServer();
        address = new Forwarder(environment.database().port());
    }

    @AfterEach
    void close() throws Exception {
        address.close();
        environment.close();
    }

    @Test
    void loses_no_acknowledged_entry_when_a_standby_takes_the_place_of_the_primary() throws Exception {
        try (var standby = Standby.of(environment);
                var program = Program.start(settings())) {
            deliverHalf();
            environment.model().delay(Duration.ofSeconds(2));
            put(MESSAGES / 2, MESSAGES);
            await().atMost(PATIENCE).until(() -> environment.model().requests() > MESSAGES / 2);

            environment.killDatabase();
            environment.model().delay(Duration.ZERO);
            standby.promote();
            address.leadTo(standby.port());

            FaultTable.recovered("the primary is killed, a standby promoted", environment.model(), MESSAGES);
            await().atMost(PATIENCE)
                    .until(() -> standby.ask("select count(*) from entry where state = 'DELIVERED'")
                            .equals(String.valueOf(MESSAGES)));
        }
    }

    @Test
    void goes_on_when_every_connection_is_cut() throws Exception {
        try (var program = Program.start(settings())) {
            deliverHalf();
            environment.model().delay(Duration.ofSeconds(2));
            put(MESSAGES / 2, MESSAGES);
            await().atMost(PATIENCE).until(() -> environment.model().requests() > MESSAGES / 2);

            address.cut();

            FaultTable.recovered("all connections to the database are cut", environment.model(), MESSAGES);
        }
    }

    @Test
    void goes_on_when_connections_were_taken_and_never_answered() throws Exception {
        var settings = settings();
        settings.merge("DATABASE_URL", "&socketTimeout=600", String::concat);
        try (var program = Program.start(settings)) {
            deliverHalf();
            address.fallSilent();
            put(MESSAGES / 2, MESSAGES);
            await().atMost(PATIENCE).until(() -> program.log().contains("the next cycle covers its window"));

            address.speak();

            FaultTable.recovered("the database takes connections and is silent", environment.model(), MESSAGES);
        }
    }

    private void deliverHalf() throws Exception {
        put(0, MESSAGES / 2);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(environment.model().taken()).hasSize(MESSAGES / 2));
    }

    private void put(int from, int to) throws Exception {
        for (int number = from; number < to; number++) {
            environment.put(number + ".eml", "Subject: message " + number + "\n\nThe export fails.");
        }
    }

    private Map<String, String> settings() {
        var settings = environment.live();
        settings.put("DATABASE_URL", environment.database().urlOnPort(address.port()));
        return settings;
    }
}
