package dev.drydock.scaffold;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where the files of Drydock are in a project, and how texts refer to them there.
 *
 * @param overlays the folders below {@code harness/templates} whose files go to the project's root: {@code deploy/fly}
 */
record ProjectLayout(Manifest manifest, Set<String> overlays) {

    /** The kinds of overlays, each an option of {@code new}. */
    static final List<String> KINDS = List.of("deploy", "ci");

    private static final String TEMPLATES = "harness/templates/";
    private static final Pattern OVERLAY = Pattern.compile(TEMPLATES + "((?:deploy|ci)/[^/]+)/.*");
    private static final Pattern PATH = Pattern.compile("(?<![\\w./-])(?:[\\w.-]+/)+[\\w.*-]*[\\w*]");
    private static final Pattern LINK = Pattern.compile("\\[([^]]+)]\\(([^)#:\\s]+)(#[^)\\s]*)?\\)");

    ProjectLayout {
        for (var overlay : overlays) {
            var known = known(manifest, overlay.replaceFirst("/.*", "/"));
            if (!known.contains(overlay)) {
                throw new ScaffoldException(
                        "there is no --%s; there are: %s",
                        overlay.replace('/', ' '), String.join(", ", known).replaceAll("\\w+/", ""));
            }
        }
    }

    /** The overlays that an option names, as in {@code fly,images}. */
    static Set<String> overlays(String kind, String names) {
        return Stream.of(names.split("[\\s,]+"))
                .filter(name -> !name.isEmpty())
                .map(name -> kind + "/" + name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> known(Manifest manifest, String kind) {
        var known = new TreeSet<String>();
        for (var rule : manifest.rules()) {
            for (var target : rule.targets()) {
                var overlay = OVERLAY.matcher(target);
                if (overlay.matches() && overlay.group(1).startsWith(kind)) {
                    known.add(overlay.group(1));
                }
            }
        }
        return known;
    }

    /** The paths in the project of a file or folder of Drydock; none if the project does not get it. */
    List<String> placesOf(String path) {
        return manifest.ruleFor(path).stream()
                .flatMap(rule -> rule.targetsOf(path))
                .map(this::withOverlays)
                .distinct()
                .toList();
    }

    private String withOverlays(String target) {
        return overlays.stream()
                .map(overlay -> TEMPLATES + overlay + "/")
                .filter(target::startsWith)
                .map(overlay -> target.substring(overlay.length()))
                .findFirst()
                .orElse(target);
    }

    /** A text that names files by their paths from the root of Drydock, with their paths from the root of the project. */
    String withPaths(String text) {
        return PATH.matcher(text)
                .replaceAll(path -> Matcher.quoteReplacement(
                        placesOf(path.group()).stream().findFirst().orElse(path.group())));
    }

    /**
     * A page that is moved, with its relative links to where their targets are now; of a link without a target, the words remain.
     *
     * @param from the page's path in Drydock
     * @param to its path in the project
     * @param exists tells whether the project has a path
     */
    String withLinks(String page, String from, String to, Predicate<String> exists) {
        return LINK.matcher(page).replaceAll(link -> Matcher.quoteReplacement(moved(link, from, to, exists)));
    }

    private String moved(MatchResult link, String from, String to, Predicate<String> exists) {
        var target = Path.of(from).resolveSibling(link.group(2)).normalize().toString();
        return Stream.concat(placesOf(target).stream(), Stream.of(target))
                .filter(exists)
                .findFirst()
                .map(place -> "[%s](%s%s)"
                        .formatted(link.group(1), relative(to, place), link.group(3) == null ? "" : link.group(3)))
                .orElse(link.group(1));
    }

    private static String relative(String page, String target) {
        var folder = Objects.requireNonNull(Path.of("/" + page).getParent());
        return folder.relativize(Path.of("/" + target)).toString().replace('\\', '/');
    }
}
