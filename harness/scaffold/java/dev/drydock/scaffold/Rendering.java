package dev.drydock.scaffold;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Map;

/** A project as Drydock makes it, from a checkout of Drydock: the same for the same checkout, template and names. */
record Rendering(Path source, Names names, AgentTemplate template) {

    private static final String SETTINGS = "src/main/resources/application.properties";

    void into(Path project) throws IOException {
        harness(project);
        templates(project);
        for (var file : template.called(names).entrySet()) {
            write(project.resolve(file.getKey()), file.getValue());
        }
        var settings = project.resolve(SETTINGS);
        Files.writeString(
                settings, Settings.add(Files.readString(settings), template.settings(names), names.agent()));
        ownFiles(project);
        Links.mend(project);
    }

    private void harness(Path project) throws IOException {
        var manifest = Manifest.of(source);
        for (var file : Folder.files(source)) {
            switch (manifest.of(file)) {
                case COPY -> copy(file, project);
                case FIT -> copy(file, project, Fit.ofProject(names));
                case NAME -> copy(file, project, Fit.ofApplication(names, file));
                case STAY -> {}
            }
        }
    }

    /** Those whose files are Drydock's own take them along, so that the project can make more agents of them. */
    private void templates(Path project) throws IOException {
        for (var name : AgentTemplate.names(source)) {
            var each = AgentTemplate.named(name, source);
            var target = AgentTemplate.folder(project).resolve(each.name());
            for (var file : each.files().keySet()) {
                write(target.resolve(file), each.content(file));
            }
            Files.writeString(target.resolve("template.properties"), "description=%s\n".formatted(each.description()));
            if (!each.settings().isEmpty()) {
                Files.writeString(target.resolve("settings.properties"), each.settings());
            }
        }
    }

    /** What a project has of its own: its README. */
    private void ownFiles(Path project) throws IOException {
        var folder = source.resolve("harness/scaffold/project");
        var words = Map.of(
                "{{project}}", names.project(),
                "{{agent}}", names.agent(),
                "{{AGENT}}", names.agent().toUpperCase(Locale.ROOT),
                "{{type}}", names.type(),
                "{{agentFile}}", names.agentFile(),
                "{{testFolder}}", "src/test/java/" + names.folder(),
                "{{template}}", template.name(),
                "{{docs}}", docs(project));
        for (var file : Folder.files(folder)) {
            var text = Files.readString(folder.resolve(file));
            for (var word : words.entrySet()) {
                text = text.replace(word.getKey(), word.getValue());
            }
            write(project.resolve(file), text.getBytes(UTF_8));
        }
    }

    /** A link to each page of the harness, by its title. */
    private static String docs(Path project) throws IOException {
        try (var pages = Files.list(project.resolve("docs"))) {
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

    private void copy(String file, Path project) throws IOException {
        Files.createDirectories(project.resolve(file).getParent());
        Files.copy(source.resolve(file), project.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
    }

    private void copy(String file, Path project, Fit fit) throws IOException {
        copy(file, project);
        Files.write(project.resolve(file), Fit.text(Files.readAllBytes(source.resolve(file)), fit::text));
    }

    static void write(Path file, byte[] content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }
}
