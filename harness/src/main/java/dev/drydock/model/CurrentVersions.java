package dev.drydock.model;

import dev.drydock.config.DrydockConfig;
import dev.drydock.config.ModelSettings;
import dev.drydock.journal.Asked;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Optional;

/** Whether prompts and models that were asked are those of today's code and settings. */
@Singleton
public class CurrentVersions {

    private final PromptNames prompts;
    private final ModelSettings settings;

    CurrentVersions(PromptNames prompts, DrydockConfig config) {
        this.prompts = prompts;
        this.settings = config.model();
    }

    /** Whether today's code and settings ask the same. */
    public boolean include(Collection<Asked> asked) {
        return change(asked).isEmpty();
    }

    /** What has changed, in words; empty if nothing has. */
    public Optional<String> change(Collection<Asked> asked) {
        return asked.stream().flatMap(one -> change(one).stream()).findFirst();
    }

    private Optional<String> change(Asked asked) {
        if (!prompts.isCurrent(asked.prompt(), asked.version())) {
            return Optional.of("the prompt %s has changed".formatted(asked.prompt()));
        }
        var isConfigured = asked.model().equals(settings.name())
                || settings.cheap().filter(asked.model()::equals).isPresent();
        return isConfigured
                ? Optional.empty()
                : Optional.of("the model %s is no longer configured".formatted(asked.model()));
    }
}
