package dev.drydock.console;

import dev.drydock.config.Agents;
import dev.drydock.console.AgentStatus.Answer;
import dev.drydock.console.AgentStatus.Costing;
import dev.drydock.console.AgentStatus.Improving;
import dev.drydock.console.AgentStatus.Running;
import dev.drydock.console.AgentStatus.Working;
import dev.drydock.journal.RunList;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** {@code /api/status}: the four questions that the page answers. */
@Path("/api/status")
public final class StatusResource {

    /**
     * One question, about all agents.
     *
     * @param ok whether it is for each of them
     * @param summary a sentence for each
     */
    public record Question<T>(boolean ok, String summary, Map<String, T> agents) {}

    /** What is asked. */
    public record Status(
            List<String> verdicts,
            Question<Running> running,
            Question<Working> working,
            Question<Costing> costing,
            Question<Improving> improving) {}

    private final Agents agents;
    private final RunList runs;
    private final MakeStatus make;

    StatusResource(Agents agents, RunList runs, MakeStatus make) {
        this.agents = agents;
        this.runs = runs;
        this.make = make;
    }

    @GET
    public Status get() {
        var all = agents.all().stream()
                .map(agent -> make.of(agent, runs.latest(agent.name(), 1)))
                .toList();
        return new Status(
                all.stream().map(AgentStatus::verdict).toList(),
                question(all, AgentStatus::running, Running::answer),
                question(all, AgentStatus::working, Working::answer),
                question(all, AgentStatus::costing, Costing::answer),
                question(all, AgentStatus::improving, Improving::answer));
    }

    private static <T> Question<T> question(
            List<AgentStatus> all, Function<AgentStatus, T> part, Function<T, Answer> answer) {
        var byAgent = all.stream().collect(Collectors.toMap(AgentStatus::agent, part, (a, b) -> a, TreeMap::new));
        return new Question<>(
                byAgent.values().stream().map(answer).allMatch(Answer::isOk),
                byAgent.entrySet().stream()
                        .map(agent -> agent.getKey() + ": "
                                + answer.apply(agent.getValue()).summary())
                        .collect(Collectors.joining(" ")),
                byAgent);
    }
}
