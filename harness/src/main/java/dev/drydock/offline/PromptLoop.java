package dev.drydock.offline;

import dev.drydock.concurrent.PeriodicTasks;
import dev.drydock.config.Agents;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.judge.eval.RunEval.Folders;
import dev.drydock.judge.replay.EvaluatePrompt;
import dev.drydock.judge.replay.TrialPrice;
import dev.drydock.judge.replay.TryPrompt;
import io.quarkus.arc.profile.UnlessBuildProfile;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * In dev mode, reloads the program when a source file is saved, without a request from a browser, and tries the prompts that have
 * changed. Quarkus looks for changed files at each request, but not more often than every two seconds.
 */
@Singleton
@UnlessBuildProfile("prod")
public final class PromptLoop {

    private static final Logger LOG = Logger.getLogger(PromptLoop.class);

    private static final int LOOK_MILLIS = 500;

    /** So many looks after a change, or after the start, a request is sent. */
    private static final int REQUESTS = 6;

    private static final int TIMEOUT_MILLIS = 60_000;

    private final TryPrompt prompts;
    private final EvaluatePrompt evals;
    private final TrialPrice price;
    private final Agents agents;
    private final OfflineModel offline;

    private volatile boolean stopped;
    private volatile @Nullable Thread trying;

    @Inject
    Config config;

    PromptLoop(TryPrompt prompts, EvaluatePrompt evals, TrialPrice price, Agents agents, OfflineModel offline) {
        this.prompts = prompts;
        this.evals = evals;
        this.price = price;
        this.agents = agents;
        this.offline = offline;
    }

    void start(@Observes StartupEvent event, PeriodicTasks tasks) {
        if (LaunchMode.current() != LaunchMode.DEVELOPMENT) {
            return;
        }
        var watch = new Thread(this::watch, "watch-sources");
        watch.setDaemon(true);
        watch.start();
        tasks.after(Duration.ofMillis(100), "try prompts", this::tryPrompts);
    }

    /** Before the model stops, so that what was cut off does not count as a failure. */
    void stop(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) ShutdownEvent event) {
        stopped = true;
        var thread = trying;
        if (thread != null) {
            thread.interrupt();
        }
    }

    private void tryPrompts() {
        trying = Thread.currentThread();
        try {
            for (var agent : agents.all()) {
                var tried = prompts.run(agent);
                if (tried.isPresent() && price.isFree()) {
                    evaluate(agent);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the next start tries them
        } finally {
            trying = null;
        }
    }

    /** Asks the model about each labelled case of the set {@code dev}, and keeps the figures with what the last change has changed. */
    public synchronized void evaluate(RegisteredAgent<?, ?> agent) throws InterruptedException {
        offline.measures(true);
        try {
            evals.run(agent, Folders.OF_PROJECT);
        } finally {
            offline.measures(false);
        }
    }

    /** In a thread that outlives the restart which its own request brings about. */
    private void watch() {
        var sources = new SourceFiles(Path.of("src", "main"));
        var requests = REQUESTS;
        try {
            while (!stopped) {
                Thread.sleep(LOOK_MILLIS);
                requests = sources.haveChanged() ? REQUESTS : requests - 1;
                if (requests >= 0 && !stopped) {
                    request();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whatever is answered. */
    private void request() {
        var address = "http://localhost:%s/q/health/live".formatted(config.getValue("quarkus.http.port", String.class));
        try {
            var connection = (HttpURLConnection) URI.create(address).toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            connection.getResponseCode();
            connection.disconnect();
        } catch (IOException e) {
            LOG.debugf("%s was not reached: %s", address, e.getMessage());
        }
    }
}
