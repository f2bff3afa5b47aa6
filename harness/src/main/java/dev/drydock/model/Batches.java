package dev.drydock.model;

import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.BatchJournal;
import dev.drydock.journal.BatchJournal.Answer;
import dev.drydock.journal.BatchJournal.Batch;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Sends the waiting calls of an agent in batches, and collects the answers. Each step is stored before the next one, and a batch
 * that the provider may have is looked up before it is sent again: whenever the process ends, no call is paid for twice.
 *
 * <p>Called by the one run that works on the agent. Throws what {@link ModelFault} describes; what was stored until then stays.
 */
@Singleton
public class Batches {

    private static final Logger LOG = Logger.getLogger(Batches.class);

    private static final int MOST_CALLS = 10_000;
    private static final long MOST_CHARACTERS = 20_000_000;

    private final BatchJournal journal;
    private final BatchEndpoint endpoint;
    private final BiConsumer<String, Boolean> expected;
    private final Consumer<String> decided;

    @Inject
    Batches(BatchJournal journal, BatchEndpoint endpoint, BatchCalls calls, UnusedAnswers unused) {
        this(journal, endpoint, calls::expect, unused::record);
    }

    /**
     * @param expected receives the name of each agent, and whether calls of it are stored
     * @param decided receives the name of each agent whose entries were decided
     */
    Batches(
            BatchJournal journal,
            BatchEndpoint endpoint,
            BiConsumer<String, Boolean> expected,
            Consumer<String> decided) {
        this.journal = journal;
        this.endpoint = endpoint;
        this.expected = expected;
        this.decided = decided;
    }

    /** Stores the answers of the batches that are over, so that their entries can be decided. */
    public void collect(RegisteredAgent<?, ?> agent) {
        expected.accept(agent.name(), journal.hasCalls(agent.name()));
        for (var batch : journal.open(agent.name())) {
            var providerId = Optional.ofNullable(batch.providerId()).or(() -> find(batch));
            if (providerId.isPresent()) {
                collect(agent.name(), batch, providerId.get());
            } else if (!agent.settings().batch()) {
                journal.end(batch.id(), List.of()); // it was never sent, and is not sent any more
            }
        }
    }

    private Optional<String> find(Batch batch) {
        var found = Optional.ofNullable(batch.fileId()).flatMap(file -> endpoint.find(batch.id(), file));
        found.ifPresent(providerId -> journal.accepted(batch.id(), providerId));
        return found;
    }

    private void collect(String agent, Batch batch, String providerId) {
        var progress = endpoint.progress(providerId);
        if (!progress.isOver()) {
            LOG.infof("Batch %s of %s is not over yet: %s", providerId, agent, progress.status());
            return;
        }
        var answers = new ArrayList<Answer>();
        if (progress.isRefused()) {
            journal.lines(batch.id()).forEach(line -> answers.add(endpoint.refused(line.id(), progress.fault())));
        }
        Stream.of(progress.outputFile(), progress.errorFile())
                .filter(Objects::nonNull)
                .forEach(file -> answers.addAll(endpoint.answers(file)));
        var again = journal.end(batch.id(), answers);
        LOG.infof(
                "Collected batch %s of %s (%s): %d answers; %d calls are sent again",
                providerId, agent, progress.status(), answers.size(), again);
    }

    /**
     * Sends the calls that wait, and records the answers that entries were decided without.
     *
     * @return how many entries wait for answers now
     */
    public int submit(RegisteredAgent<?, ?> agent) {
        decided.accept(agent.name());
        for (var batch : journal.open(agent.name())) {
            if (batch.providerId() == null) {
                send(agent.name(), batch);
            }
        }
        if (agent.settings().batch()) {
            for (var batch = next(agent); batch.isPresent(); batch = next(agent)) {
                send(agent.name(), batch.get());
            }
        }
        return journal.waiting(agent.name());
    }

    private Optional<Batch> next(RegisteredAgent<?, ?> agent) {
        return journal.assemble(agent.name(), MOST_CALLS, MOST_CHARACTERS);
    }

    /** Sends one that the provider may or may not have. */
    void send(String agent, Batch batch) {
        if (find(batch).isPresent()) {
            return;
        }
        var lines = journal.lines(batch.id());
        if (lines.isEmpty()) {
            journal.end(batch.id(), List.of());
            return;
        }
        var file = batch.fileId();
        if (file == null) {
            file = endpoint.upload(batch.id(), lines);
            journal.uploaded(batch.id(), file);
        }
        var providerId = endpoint.create(batch.id(), file);
        journal.accepted(batch.id(), providerId);
        LOG.infof("Sent %d calls of %s as batch %s", lines.size(), agent, providerId);
    }
}
