package dev.drydock.scaffold;

import static java.util.stream.Collectors.joining;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;

/**
 * The names of a new project and its agent.
 *
 * @param project {@code night-owl}: the folder, the artifact, the application
 * @param agent {@code nightowl}: in settings, in the API, in delivery keys
 * @param type {@code NightOwl}: what the agent's classes begin with
 * @param packageName {@code com.example.nightowl}
 */
record Names(String project, String agent, String type, String packageName) {

    private static final Pattern PROJECT = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final Pattern PACKAGE = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*");

    /** The names that follow from the project's; the package is one below the group unless it is given. */
    static Names of(String project, String group, Optional<String> givenPackage) {
        if (!PROJECT.matcher(project).matches() || project.length() > 40) {
            throw new ScaffoldException(
                    "\"%s\" cannot be a project's name: use at most 40 lower-case letters, digits and single hyphens,"
                            + " starting with a letter, as in night-owl",
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
            throw new ScaffoldException(
                    "%s cannot be a package, because \"%s\" is a keyword of Java: choose another with --package",
                    packageName, keyword.get());
        }
        if (!PACKAGE.matcher(packageName).matches()) {
            throw new ScaffoldException(
                    "\"%s\" cannot be a package: use lower-case words separated by dots, as in com.example.owl",
                    packageName);
        }
        if ((packageName + ".").matches("(dev\\.drydock|javax?|jakarta|io\\.quarkus)\\..*")) {
            throw new ScaffoldException("the package %s is reserved: choose another with --package", packageName);
        }
    }

    static String capitalized(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    /** The package above the agent's, for more agents: {@code com.example}; never only a top-level domain. */
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
