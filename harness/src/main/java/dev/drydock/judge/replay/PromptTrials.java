package dev.drydock.judge.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.LaunchMode;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Keeps, in a file for each agent, what its version before decided: dev mode restarts the program at each change. */
@Singleton
public class PromptTrials {

    private static final Logger LOG = Logger.getLogger(PromptTrials.class);

    /** What a version decided about an entry. */
    record Answer(String version, Lane lane) {}

    /**
     * What is kept of an agent.
     *
     * @param last null if its prompt has not changed yet
     * @param answers by the ids of entries; for others, the version before is the one on record
     */
    record Kept(@Nullable PromptTrial last, Map<UUID, Answer> answers) {

        static final Kept NOTHING = new Kept(null, Map.of());
    }

    /** How many of the entries that the new version decides again are decided. */
    public record Progress(int decided, int of) {}

    private final ObjectMapper json;
    private final Path folder;
    private final Event<Progress> events;
    private final ConcurrentMap<String, Progress> underWay = new ConcurrentHashMap<>();

    PromptTrials(ObjectMapper json, Event<Progress> events) {
        this.json = json;
        this.events = events;
        this.folder = Path.of(LaunchMode.current() == LaunchMode.TEST ? "target" : ".drydock", "prompts");
    }

    /** Empty if the agent's prompt has not changed yet. */
    public Optional<PromptTrial> last(String agent) {
        return Optional.ofNullable(read(agent).last());
    }

    /** Empty unless entries of the agent are decided again now. */
    public Optional<Progress> progress(String agent) {
        return Optional.ofNullable(underWay.get(agent));
    }

    /** Begins to count the entries that are decided again; each count is an event, which updates open pages. */
    public void begin(String agent, int entries) {
        underWay.put(agent, new Progress(0, entries));
        events.fire(new Progress(0, entries));
    }

    void decided(String agent) {
        var now = underWay.computeIfPresent(agent, (name, before) -> new Progress(before.decided() + 1, before.of()));
        if (now != null) {
            events.fire(now);
        }
    }

    public void end(String agent) {
        underWay.remove(agent);
    }

    /** A file of another version of the harness counts as none. */
    Kept read(String agent) {
        var file = file(agent);
        try {
            return Files.exists(file) ? json.readValue(Files.readString(file), Kept.class) : Kept.NOTHING;
        } catch (JsonProcessingException e) {
            LOG.warnf("%s cannot be read and is ignored: %s", file, e.getOriginalMessage());
            return Kept.NOTHING;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(String agent, Kept kept) {
        try {
            Files.createDirectories(folder);
            Files.writeString(file(agent), json.writeValueAsString(kept));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(String agent) {
        return folder.resolve(agent + ".json");
    }
}
