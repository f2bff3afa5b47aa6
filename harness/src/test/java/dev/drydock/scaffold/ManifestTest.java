package dev.drydock.scaffold;

import static dev.drydock.scaffold.Manifest.Treatment.AGENT;
import static dev.drydock.scaffold.Manifest.Treatment.COPY;
import static dev.drydock.scaffold.Manifest.Treatment.EXCLUDE;
import static dev.drydock.scaffold.Manifest.Treatment.PROJECT;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ManifestTest {

    private static final Path ROOT = Path.of("");
    private static final Pattern REFERENCE_AGENT =
            Pattern.compile("com\\.example\\.triage|TriageAgent|agents/triage|named\\(\"triage\"\\)");

    @Test
    void decides_about_every_file() throws Exception {
        var manifest = Manifest.of(ROOT);

        assertThat(files())
                .allSatisfy(file -> assertThat(manifest.ruleFor(file))
                        .as("%s: add it, or a folder above it, to harness/scaffold/manifest.txt", file)
                        .isPresent());
    }

    @Test
    void copies_no_file_that_needs_the_reference_agent() throws Exception {
        var manifest = Manifest.of(ROOT);

        assertThat(files())
                .filteredOn(file -> treatment(manifest, file) == COPY && file.endsWith(".java"))
                .filteredOn(file -> !file.startsWith("templates/agents/"))
                .hasSizeGreaterThan(100)
                .allSatisfy(file ->
                        assertThat(Files.readString(ROOT.resolve(file))).doesNotContainPattern(REFERENCE_AGENT));
    }

    @Test
    void applies_the_line_with_the_longest_path() throws Exception {
        var manifest = Manifest.of(ROOT);

        assertThat(treatment(manifest, "docs/api.md")).isEqualTo(AGENT);
        assertThat(treatment(manifest, "docs/deploy/fly.md")).isEqualTo(PROJECT);
        assertThat(treatment(manifest, "docs/adr/0001-x.md")).isEqualTo(EXCLUDE);
        assertThat(manifest.ruleFor("docsify")).isEmpty();
    }

    @Test
    void puts_files_that_were_not_asked_for_below_the_harness() throws Exception {
        var layout = new ProjectLayout(Manifest.of(ROOT), Set.of("deploy/fly"));

        assertThat(layout.placesOf("fly.toml")).containsExactly("fly.toml");
        assertThat(layout.placesOf(".railway/railway.ts"))
                .containsExactly("harness/templates/deploy/railway/.railway/railway.ts");
        assertThat(layout.placesOf("Dockerfile.native"))
                .contains("Dockerfile.native", "harness/templates/deploy/images/Dockerfile.native")
                .doesNotContain("harness/templates/deploy/fly/Dockerfile.native");
        assertThat(layout.placesOf("docs/deploy")).containsExactly("harness/docs/deploy");
        assertThat(layout.placesOf("bench/cycle")).isEmpty();
    }

    @Test
    void moves_links_and_paths_with_their_files() throws Exception {
        var layout = new ProjectLayout(Manifest.of(ROOT), Set.of());

        assertThat(layout.withLinks(
                        "[a](../models.md#tools), [b](../../fly.toml), [c](../../bench/cycle), [d](https://example.com/docs/x)",
                        "docs/deploy/fly.md",
                        "harness/docs/deploy/fly.md",
                        path -> true))
                .isEqualTo(
                        "[a](../models.md#tools), [b](../../templates/deploy/fly/fly.toml), [c](../../../bench/cycle),"
                                + " [d](https://example.com/docs/x)");
        assertThat(layout.withLinks("[gone](api.md)", "docs/x.md", "harness/docs/x.md", path -> false))
                .isEqualTo("gone");
        assertThat(layout.withPaths("see docs/api.md, docs/agents/x.md, https://example.com/docs/api.md"))
                .isEqualTo("see harness/docs/api.md, docs/agents/x.md, https://example.com/docs/api.md");
    }

    private static Manifest.Treatment treatment(Manifest manifest, String file) {
        return manifest.ruleFor(file).orElseThrow().treatment();
    }

    private static List<String> files() {
        return Git.in(ROOT.toAbsolutePath())
                .output("ls-files", "--cached", "--others", "--exclude-standard")
                .lines()
                .filter(file -> Files.exists(ROOT.resolve(file)))
                .toList();
    }
}
