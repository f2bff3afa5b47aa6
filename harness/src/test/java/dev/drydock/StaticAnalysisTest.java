package dev.drydock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What Error Prone, NullAway and Spotless say of all sources. They take longer than compiling, so that Drydock's own build
 * compiles without them, and runs them here, beside other tests.
 */
@Execution(ExecutionMode.CONCURRENT)
class StaticAnalysisTest {

    private static final String IN_AN_IDE = System.getProperty("user.home") + "/.m2/repository";

    /**
     * A build into a folder of its own, which the next run compares with the sources as any build does. It runs at a low
     * priority, because the tests of applications, which run one after the other, take longer.
     */
    @Test
    void finds_nothing_to_change() throws Exception {
        var maven = new ProcessBuilder(
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
                        "-Dmaven.compiler.failOnWarning=" + System.getProperty("maven.compiler.failOnWarning", "true"),
                        "-Dmaven.repo.local=" + System.getProperty("localRepository", IN_AN_IDE))
                .redirectErrorStream(true)
                .start();

        var found = new String(maven.getInputStream().readAllBytes(), UTF_8);
        assertThat(maven.waitFor()).as(found).isZero();
    }
}
