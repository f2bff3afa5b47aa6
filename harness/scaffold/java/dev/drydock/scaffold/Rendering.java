package dev.drydock.scaffold;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import dev.drydock.scaffold.Manifest.Treatment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A project as Drydock makes it from a checkout: the same for the same commit, template, names and overlays. */
record Rendering(Path source, Names names, AgentTemplate template, ProjectLayout layout) {

    private static final String SETTINGS = "src/main/resources/application.properties";
    /** Pages whose links hold where they are written to, not where they are now. */
    private static final String OF_TEMPLATES = "templates/agents/.*/.*|harness/scaffold/.*";

    private static final String OWN_FILES = "harness/scaffold/project";

    void into(Path project) throws IOException {
        for (var file : TemporaryFolder.files(source)) {
            for (var place : layout.placesOf(file)) {
                copy(file, project.resolve(place));
            }
        }
        agent(project);
        ownFiles(project);
        templates(project);
        links(project);
    }

    private void copy(String file, Path target) throws IOException {
        Files.createDirectories(target.getParent());
        Files.copy(source.resolve(file), target, StandardCopyOption.COPY_ATTRIBUTES);
        var treatment = layout.manifest().ruleFor(file).orElseThrow().treatment();
        if (treatment != Treatment.COPY) {
            var renaming =
                    treatment == Treatment.AGENT ? Renaming.ofReference(names) : Renaming.ofApplication(names, file);
            Files.write(
                    target, Renaming.text(Files.readAllBytes(target), text -> layout.withPaths(renaming.text(text))));
        }
    }

    /** The agent that the project begins with, and its settings in place of the reference agent's. */
    private void agent(Path project) throws IOException {
        for (var file : template.called(names).entrySet()) {
            write(project.resolve(file.getKey()), file.getValue());
        }
        var settings = project.resolve(SETTINGS);
        var application = Settings.withoutAgent(Files.readString(settings), names.agent());
        Files.writeString(settings, Settings.add(application, template.settings(names), names.agent()));
    }

    /** What a project has of its own: its README. */
    private void ownFiles(Path project) throws IOException {
        var folder = source.resolve(OWN_FILES);
        var words = Map.of(
                "{{project}}", names.project(),
                "{{agent}}", names.agent(),
                "{{AGENT}}", names.agent().toUpperCase(Locale.ROOT),
                "{{type}}", names.type(),
                "{{agentFile}}", names.agentFile(),
                "{{testFolder}}", "src/test/java/" + names.folder(),
                "{{docs}}", docs(project));
        for (var file : TemporaryFolder.files(folder)) {
            var text = Files.readString(folder.resolve(file));
            for (var word : words.entrySet()) {
                text = text.replace(word.getKey(), word.getValue());
            }
            write(project.resolve(file), text.getBytes(UTF_8));
        }
    }

    /** A link to each page of the harness, by its title. */
    private static String docs(Path project) throws IOException {
        try (var pages = Files.list(project.resolve("harness/docs"))) {
            return pages.filter(page -> page.toString().endsWith(".md"))
                    .sorted()
                    .map(page -> "- [%s](docs/%s)".formatted(title(page), page.getFileName()))
                    .collect(joining("\n"));
        }
    }

    private static String title(Path page) {
        try (var lines = Files.lines(page)) {
            return lines.findFirst().orElse("").replaceFirst("^#+ *", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All templates, so that the project can make more agents. The one that has its files elsewhere is written out in full. */
    private void templates(Path project) throws IOException {
        for (var name : AgentTemplate.names(source)) {
            var each = AgentTemplate.named(name, source);
            var target = project.resolve(AgentTemplate.IN_A_PROJECT).resolve(name);
            for (var file : each.files().keySet()) {
                write(target.resolve(file), each.content(file));
            }
            Files.writeString(target.resolve("template.properties"), "description=%s\n".formatted(each.description()));
            for (var page : pages(target)) {
                relink(target.resolve(page), page, page, project, target);
            }
        }
    }

    private void links(Path project) throws IOException {
        for (var page : pages(source)) {
            for (var place : page.matches(OF_TEMPLATES) ? List.<String>of() : layout.placesOf(page)) {
                relink(project.resolve(place), page, place, project, project);
            }
        }
        for (var page : List.of("README.md", "docs/agents/%s.md".formatted(names.agent()))) {
            relink(project.resolve(page), page, page, project, project);
        }
    }

    private static List<String> pages(Path folder) throws IOException {
        return TemporaryFolder.files(folder).stream()
                .filter(file -> file.endsWith(".md"))
                .toList();
    }

    private void relink(Path page, String from, String to, Path project, Path root) throws IOException {
        var text = Files.readString(page);
        Files.writeString(
                page,
                layout.withLinks(
                        text,
                        from,
                        to,
                        path -> Files.exists(root.resolve(path)) || Files.exists(project.resolve(path))));
    }

    static void write(Path file, byte[] content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }
}
