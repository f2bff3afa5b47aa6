package dev.drydock.scaffold;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The commands {@code new} and {@code upgrade}. Ends with 0, with 2 for what is refused, or as an upgrade does. */
public final class Scaffold {

    private static final String NEW =
            """
            Usage: ./drydock new NAME [--template T] [--package P] [--into DIR]
                   ./drydock new NAME [--template T] [--package P] --here

            Makes a project of its own, with an agent to begin with; or adds an agent to this project. Needs a JDK and git.

              NAME            as in night-owl: lower-case letters, digits, hyphens
              --template T    what to begin with (default: blank)
              --package P     of the agent's class (default: com.example.nightowl)
              --into DIR      the project's folder (default: NAME, beside this one)
              --here          adds the agent to this project

            Templates:
            %s
            A project is made out of what is committed here. See docs/scaffold.md.
            """;
    private static final String UPGRADE =
            """
            Usage: ./drydock upgrade [--from REPOSITORY_OR_DIR] [--dry-run]

            Merges a newer Drydock into this project, as git merges a branch. Runs the newer Drydock's own scaffold.

              --from ...      where to get it (default: where this project came from)
              --dry-run       shows what would be merged, and whether it conflicts; changes nothing

            Ends with 0 when merged or up to date, with 8 when there are conflicts to settle, with 2 when refused.
            See docs/scaffold.md.
            """;

    private final Path root;
    private final PrintStream out;

    Scaffold(Path root, PrintStream out) {
        this.root = root;
        this.out = out;
    }

    /** Takes the folder of the checkout, the command and its arguments. */
    public static void main(String... arguments) {
        var scaffold = new Scaffold(Path.of(arguments[0]), System.out);
        System.exit(scaffold.run(List.of(arguments).subList(1, arguments.length), System.err));
    }

    /** Returns the exit. */
    int run(List<String> command, PrintStream err) {
        var name = command.get(0);
        var rest = command.subList(1, command.size());
        try {
            return name.equals("new") ? make(rest) : upgrade(rest);
        } catch (Refusal e) {
            err.printf("drydock %s: %s%n", name, e.getMessage());
        } catch (IOException | UncheckedIOException e) {
            err.printf("drydock %s: a file or folder cannot be read or written: %s%n", name, e.getMessage());
        }
        return 2;
    }

    private int make(List<String> given) throws IOException {
        var arguments = Arguments.parse(
                given, Set.of("--template", "--package", "--into"), Set.of("--here", "--help", "-h"));
        if (arguments.has("--help") || arguments.has("-h")) {
            out.printf(NEW, AgentTemplate.list(root));
            return 0;
        }
        if (arguments.words().size() != 1) {
            throw new Refusal("give one name, as in ./drydock new night-owl; see --help");
        }
        var project = arguments.words().get(0);
        var template = arguments.value("--template").orElse("blank");
        return arguments.has("--here")
                ? here(arguments, project, template)
                : beside(arguments, project, template);
    }

    private int beside(Arguments arguments, String project, String template) throws IOException {
        var names = Names.of(project, "com.example", arguments.value("--package"));
        var target = arguments.value("--into").map(Path::of).orElse(root.resolveSibling(project));
        new MakeProject(root, names, template, target.toAbsolutePath().normalize()).run();
        out.printf(
                """
                %s: a project with the agent %s, from the template %s

                  cd %s
                  ./mvnw quarkus:dev   # then open http://localhost:8080
                  ${EDITOR:-vi} %s
                """,
                target, names.agent(), template, quoted(target), names.agentFile());
        return 0;
    }

    private int here(Arguments arguments, String project, String template) throws IOException {
        if (arguments.has("--into")) {
            throw new Refusal("--here and --into exclude each other");
        }
        var group = "com.example";
        if (Origin.isIn(root)) {
            var origin = Origin.read(root);
            group = Names.of(origin.project(), group, Optional.of(origin.packageName())).group();
        }
        var names = Names.of(project, group, arguments.value("--package"));
        new AddAgent(root, names, template).run();
        out.printf(
                """
                the agent %s, from the template %s

                  ./mvnw quarkus:dev   # then open http://localhost:8080
                  ${EDITOR:-vi} %s
                  git add --all && git commit
                """,
                names.agent(), template, names.agentFile());
        return 0;
    }

    private int upgrade(List<String> given) throws IOException {
        var arguments = Arguments.parse(given, Set.of("--from"), Set.of("--dry-run", "--help", "-h"));
        if (arguments.has("--help") || arguments.has("-h")) {
            out.print(UPGRADE);
            return 0;
        }
        if (!arguments.words().isEmpty()) {
            throw new Refusal("%s is not understood; see --help", arguments.words().get(0));
        }
        return new UpgradeProject(root, arguments.value("--from"), arguments.has("--dry-run"), out).run();
    }

    private static String quoted(Path path) {
        var text = path.toString();
        return text.matches("[\\w./+-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
