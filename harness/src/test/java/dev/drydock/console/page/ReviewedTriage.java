package dev.drydock.console.page;

import com.example.triage.TriageAgent.Category;
import com.example.triage.TriageAgent.Triage;
import com.example.triage.TriageAgent.Urgency;
import dev.drydock.NoteAgent;
import dev.drydock.agent.Agent;
import dev.drydock.agent.AgentSpec;
import dev.drydock.agent.DeliveryKey;
import dev.drydock.agent.Mode;
import dev.drydock.agent.Receipt;
import dev.drydock.agent.Window;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.connect.Message;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Makes entries of the reference agent, whose decisions need no model. */
final class ReviewedTriage implements Agent<Message, Triage> {

    static final Triage BUG = new Triage(Category.BUG, Urgency.TODAY, "The export crashes.", "it crashes");

    final Queue<Triage> delivered = new ConcurrentLinkedQueue<>();

    private final AgentSpec<Message, Triage> spec;
    private final Triage decision;
    private List<Message> messages = List.of();

    ReviewedTriage(AgentSpec<Message, Triage> spec, Triage decision) {
        this.spec = spec;
        this.decision = decision;
    }

    ReviewedTriage reading(String... subjects) {
        messages = List.of(subjects).stream()
                .map(subject -> new Message(
                        "mail-" + UUID.randomUUID(),
                        "1",
                        "a@b.example",
                        subject,
                        "Hello.\nIt crashes.",
                        Map.of(),
                        List.of(),
                        Optional.empty()))
                .toList();
        return this;
    }

    @Override
    public AgentSpec<Message, Triage> spec() {
        return spec;
    }

    @Override
    public List<Message> fetch(Window window) {
        return messages;
    }

    @Override
    public Optional<Triage> rule(Message message) {
        return Optional.of(decision);
    }

    @Override
    public Triage decide(Message message) {
        return decision;
    }

    @Override
    public Receipt deliver(Message message, Triage triage, DeliveryKey key) {
        delivered.add(triage);
        return new Receipt("sent");
    }

    RegisteredAgent<Message, Triage> in(Mode mode) {
        return new RegisteredAgent<>(this, spec, new NoteAgent().in(mode).settings());
    }
}
