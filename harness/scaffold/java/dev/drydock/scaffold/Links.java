package dev.drydock.scaffold;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The links in a project's pages. */
final class Links {

    private static final Pattern LINK = Pattern.compile("\\[([^]]+)]\\(([^)#:\\s]+)(?:#[^)\\s]*)?\\)");

    private Links() {}

    /** Leaves of a link to what a project does not get, only the words. */
    static void mend(Path project) throws IOException {
        for (var file : Folder.files(project)) {
            if (file.endsWith(".md") && !file.startsWith("templates/agents/") && !file.startsWith("harness/scaffold/")) {
                var page = project.resolve(file);
                var text = Files.readString(page);
                var mended = LINK.matcher(text).replaceAll(link -> Matcher.quoteReplacement(words(page, link)));
                if (!mended.equals(text)) {
                    Files.writeString(page, mended);
                }
            }
        }
    }

    private static String words(Path page, MatchResult link) {
        return Files.exists(page.resolveSibling(link.group(2)).normalize()) ? link.group() : link.group(1);
    }
}
