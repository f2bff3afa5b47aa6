package dev.drydock.scaffold;

import static java.util.stream.Collectors.joining;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;

/**
 * What a new project and its agent are called.
 *
 * @param project {@code night-owl}: the folder, the artifact, the application
 * @param agent {@code nightowl}: in settings, in the API, in delivery keys
 * @param type {@code NightOwl}: what the agent's classes begin with
 * @param packageName {@code com.example.nightowl}
 */
record Names(String project, String agent, String type, String packageName) {

    private static final Pattern PROJECT = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final Pattern PACKAGE = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*");

    /** The package is one of its own below the group, where none is given. */
    static Names of(String project, String group, Optional<String> givenPackage) {
        if (!PROJECT.matcher(project).matches() || project.length() > 40) {
            throw new Refusal(
                    "\"%s\" is no name for a project: take at most 40 lower-case letters, digits and single hyphens,"
                            + " a letter first, as in night-owl",
                    project);
        }
        var agent = project.replace("-", "");
        var type = Stream.of(project.split("-")).map(Names::capitalized).collect(joining());
        var packageName = givenPackage.orElse(group + "." + agent);
        refuseIllegal(packageName);
        return new Names(project, agent, type, packageName);
    }

    private static void refuseIllegal(String packageName) {
        var keyword = Stream.of(packageName.split("\\."))
                .filter(part -> SourceVersion.isKeyword(part, SourceVersion.RELEASE_17))
                .findFirst();
        if (keyword.isPresent()) {
            throw new Refusal(
                    "%s cannot be a package, for \"%s\" is a keyword of Java: name another with --package",
                    packageName, keyword.get());
        }
        if (!PACKAGE.matcher(packageName).matches()) {
            throw new Refusal(
                    "\"%s\" is no name for a package: take lower-case words with dots between them, as in com.example.owl",
                    packageName);
        }
        if ((packageName + ".").matches("(dev\\.drydock|javax?|jakarta|io\\.quarkus)\\..*")) {
            throw new Refusal("the package %s belongs to others: name another with --package", packageName);
        }
    }

    static String capitalized(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    /** Where more agents of this project would stand: {@code com.example}; never a whole top-level domain. */
    String group() {
        var parent = packageName.replaceFirst("\\.[^.]*$", "");
        return parent.contains(".") ? parent : packageName;
    }

    /** {@code com/example/nightowl}. */
    String folder() {
        return packageName.replace('.', '/');
    }

    String agentFile() {
        return "src/main/java/%s/%sAgent.java".formatted(folder(), type);
    }
}
