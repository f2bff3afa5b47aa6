package dev.drydock.scaffold;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;

/** Adds an agent to this project, as changes that its owner reviews and commits. */
record AddAgent(Path root, Names names, String template) {

    private static final String SETTINGS = "src/main/resources/application.properties";

    /** Adds all files of the agent, or none; overwrites no file. */
    void run() throws IOException {
        var agent = AgentTemplate.named(template, root);
        var files = agent.called(names);
        for (var file : files.keySet()) {
            if (Files.exists(root.resolve(file))) {
                throw new ScaffoldException("%s exists already: choose another name", file);
            }
        }
        var written = new ArrayList<Path>();
        try {
            for (var file : files.entrySet()) {
                written.add(root.resolve(file.getKey()));
                Rendering.write(root.resolve(file.getKey()), file.getValue());
            }
            var settings = Files.readString(root.resolve(SETTINGS));
            var all = Settings.add(settings, agent.settings(names), names.agent());
            if (!all.equals(settings)) {
                replace(root.resolve(SETTINGS), all);
            }
        } catch (IOException e) {
            for (var file : written) {
                Files.deleteIfExists(file);
            }
            throw e;
        }
    }

    private static void replace(Path file, String text) throws IOException {
        var whole = file.resolveSibling(file.getFileName() + ".new");
        Files.write(whole, text.getBytes(UTF_8));
        Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
