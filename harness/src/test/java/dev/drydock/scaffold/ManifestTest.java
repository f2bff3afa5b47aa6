package dev.drydock.scaffold;

import static dev.drydock.scaffold.Manifest.Way.COPY;
import static dev.drydock.scaffold.Manifest.Way.FIT;
import static dev.drydock.scaffold.Manifest.Way.STAY;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Of each file of Drydock somebody has decided whether a project gets it. */
class ManifestTest {

    private static final Path ROOT = Path.of("");
    private static final Pattern REFERENCE_AGENT =
            Pattern.compile("com\\.example\\.triage|TriageAgent|agents/triage|named\\(\"triage\"\\)");

    @Test
    void decides_about_every_file() throws Exception {
        var manifest = Manifest.of(ROOT);

        assertThat(files())
                .allSatisfy(file -> assertThat(manifest.named(file))
                        .as("%s: give it, or a folder above it, a line in harness/scaffold/manifest.txt", file)
                        .isPresent());
    }

    @Test
    void takes_along_as_it_is_nothing_that_needs_the_reference_agent() throws Exception {
        var manifest = Manifest.of(ROOT);

        assertThat(files())
                .filteredOn(file -> manifest.of(file) == COPY && file.endsWith(".java"))
                .allSatisfy(file ->
                        assertThat(Files.readString(ROOT.resolve(file))).doesNotContainPattern(REFERENCE_AGENT));
    }

    @Test
    void lets_the_longest_path_decide() throws Exception {
        var manifest = Manifest.of(ROOT);

        assertThat(manifest.of("docs/api.md")).isEqualTo(FIT);
        assertThat(manifest.of("docs/adr/0001-x.md")).isEqualTo(STAY);
        assertThat(manifest.of("docsify")).isEqualTo(STAY);
    }

    private static List<String> files() {
        return Git.in(ROOT.toAbsolutePath())
                .tell("ls-files", "--cached", "--others", "--exclude-standard")
                .lines()
                .filter(file -> Files.exists(ROOT.resolve(file)))
                .toList();
    }
}
