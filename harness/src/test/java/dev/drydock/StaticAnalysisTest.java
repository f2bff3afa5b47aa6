package dev.drydock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * What Error Prone, NullAway and Spotless say of all sources. They take longer than compiling, so that Drydock's own build
 * compiles without them, and runs them here, beside other tests. Where all tests run, they begin before JUnit looks for tests,
 * because Quarkus then builds the tests' applications, one after the other.
 */
@Execution(ExecutionMode.CONCURRENT)
public class StaticAnalysisTest implements LauncherSessionListener {

    private static final String IN_AN_IDE = System.getProperty("user.home") + "/.m2/repository";

    /** Set by the build for tests in its own process: the tags of those that run, empty for all. */
    private static final String TAGS = "tests.run";

    /** Taken by the test, so that a second run of it, where the first one failed, begins anew. */
    private static final AtomicReference<Process> BEGUN = new AtomicReference<>();

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        if ("".equals(System.getProperty(TAGS)) && System.getProperty("test") == null) {
            BEGUN.set(begin());
        }
    }

    @Test
    void finds_nothing_to_change() throws Exception {
        var maven = Objects.requireNonNullElseGet(BEGUN.getAndSet(null), StaticAnalysisTest::begin);

        var found = new String(maven.getInputStream().readAllBytes(), UTF_8);
        assertThat(maven.waitFor()).as(found).isZero();
    }

    /**
     * A build into a folder of its own, which the next run compares with the sources as any build does. It runs at a low
     * priority, because the tests of applications, which run one after the other, take longer.
     */
    private static Process begin() {
        try {
            return new ProcessBuilder(
                            "nice",
                            Path.of("mvnw").toAbsolutePath().toString(),
                            "-B",
                            "-q",
                            "-ntp",
                            "test-compile",
                            "spotless:check",
                            "-Doutput=target/static-analysis",
                            "-Dquarkus.generate-code.skip", // there is no source to generate
                            "-Derror-prone.skipped=none",
                            "-Dspotless.check.skip=false",
                            // a newer JDK warns of what this one does not
                            "-Dmaven.compiler.failOnWarning="
                                    + System.getProperty("maven.compiler.failOnWarning", "true"),
                            "-Dmaven.repo.local=" + System.getProperty("localRepository", IN_AN_IDE))
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
