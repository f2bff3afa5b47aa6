package dev.drydock.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.TestSettings;
import dev.drydock.http.HttpClients;
import dev.drydock.journal.Journals;
import java.time.InstantSource;
import java.util.Map;

/** A process that sends the open batches of an agent: its arguments are a database, a model server and the agent's name. */
final class BatchSender {

    private BatchSender() {}

    public static void main(String... arguments) throws Exception {
        var config =
                TestSettings.of(Map.of("drydock.model.base-url", arguments[1], "drydock.model.api-key", "sk-test"));
        var json = new ObjectMapper();
        var server = new ModelEndpoint(config, json, new HttpClients(config));
        var journal = Journals.batches(arguments[0]);
        var batches = new Batches(
                journal, new BatchEndpoint(server, json, InstantSource.system()), (agent, some) -> {}, agent -> {});
        for (var batch : journal.open(arguments[2])) {
            batches.send(arguments[2], batch);
        }
    }
}
