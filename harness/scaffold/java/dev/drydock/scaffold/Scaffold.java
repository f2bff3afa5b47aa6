package dev.drydock.scaffold;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The commands {@code new} and {@code upgrade}. Exits with 0, with 2 if it refuses the command, or with an upgrade's code. */
public final class Scaffold {

    @SuppressWarnings("InlineFormatString") // beside the text of the other command
    private static final String NEW = """
            Usage: ./drydock new NAME [--template T] [--package P] [--into DIR] [--deploy D,...] [--ci C]
                   ./drydock new NAME [--template T] [--package P] --here

            Makes a project with one agent; with --here, adds an agent to this project. Needs a JDK and git.

              NAME            as in night-owl: lower-case letters, digits, hyphens
              --template T    the template of the agent (default: blank)
              --package P     the package of the agent's class (default: com.example.nightowl)
              --into DIR      the project's folder (default: NAME, beside this one)
              --deploy D,...  files for deployment: fly, images, kubernetes, railway, vps
              --ci C          workflows: github
              --here          adds the agent to this project

            Templates:
            %s
            A project is made from the commit that is checked out here. See docs/scaffold.md.
            """;

    private static final String UPGRADE = """
            Usage: ./drydock upgrade [--from REPOSITORY_OR_DIR] [--dry-run]

            Merges a newer Drydock into this project with git. Runs code of the newer Drydock.

              --from ...      where to get it (default: where this project came from)
              --dry-run       shows the changes and the conflicts, and changes nothing

            Exits with 0 if merged or up to date, with 8 if there are conflicts to resolve, with 2 if refused.
            See docs/scaffold.md, in a project harness/docs/scaffold.md.
            """;

    private final Path root;
    private final PrintStream out;

    Scaffold(Path root, PrintStream out) {
        this.root = root;
        this.out = out;
    }

    /** The arguments are the folder of the checkout, the command, and the command's own arguments. */
    public static void main(String... arguments) {
        var scaffold = new Scaffold(Path.of(arguments[0]), System.out);
        System.exit(scaffold.run(List.of(arguments).subList(1, arguments.length), System.err));
    }

    /** Returns the exit code. */
    int run(List<String> command, PrintStream err) {
        var name = command.get(0);
        var rest = command.subList(1, command.size());
        try {
            return name.equals("new") ? make(rest) : upgrade(rest);
        } catch (ScaffoldException e) {
            err.printf("drydock %s: %s%n", name, e.getMessage());
        } catch (IOException | UncheckedIOException e) {
            err.printf("drydock %s: cannot read or write a file or folder: %s%n", name, e.getMessage());
        }
        return 2;
    }

    private int make(List<String> given) throws IOException {
        var arguments = Arguments.parse(
                given,
                Set.of("--template", "--package", "--into", "--deploy", "--ci"),
                Set.of("--here", "--help", "-h"));
        if (arguments.has("--help") || arguments.has("-h")) {
            out.printf(NEW, AgentTemplate.list(root));
            return 0;
        }
        if (arguments.words().size() != 1) {
            throw new ScaffoldException("give one name, as in ./drydock new night-owl; see --help");
        }
        var project = arguments.words().get(0);
        var template = arguments.value("--template").orElse("blank");
        return arguments.has("--here") ? here(arguments, project, template) : beside(arguments, project, template);
    }

    private int beside(Arguments arguments, String project, String template) throws IOException {
        var names = Names.of(project, "com.example", arguments.value("--package"));
        var target = arguments.value("--into").map(Path::of).orElse(root.resolveSibling(project));
        var overlays = new TreeSet<String>();
        for (var kind : ProjectLayout.KINDS) {
            overlays.addAll(
                    ProjectLayout.overlays(kind, arguments.value("--" + kind).orElse("")));
        }
        new CreateProject(
                        root, names, template, overlays, target.toAbsolutePath().normalize())
                .run();
        out.printf("""
                %s: a project with the agent %s, from the template %s

                  cd %s
                  ./mvnw quarkus:dev   # then open http://localhost:8080
                  ${EDITOR:-vi} %s
                """, target, names.agent(), template, quoted(target), names.agentFile());
        return 0;
    }

    private int here(Arguments arguments, String project, String template) throws IOException {
        for (var option : List.of("--into", "--deploy", "--ci")) {
            if (arguments.has(option)) {
                throw new ScaffoldException("--here and %s cannot be combined", option);
            }
        }
        var group = "com.example";
        if (Origin.isIn(root)) {
            var origin = Origin.read(root);
            group = Names.of(origin.project(), group, Optional.of(origin.packageName()))
                    .group();
        }
        var names = Names.of(project, group, arguments.value("--package"));
        new AddAgent(root, names, template).run();
        out.printf("""
                the agent %s, from the template %s

                  ./mvnw quarkus:dev   # then open http://localhost:8080
                  ${EDITOR:-vi} %s
                  git add --all && git commit
                """, names.agent(), template, names.agentFile());
        return 0;
    }

    private int upgrade(List<String> given) throws IOException {
        var arguments = Arguments.parse(given, Set.of("--from"), Set.of("--dry-run", "--help", "-h"));
        if (arguments.has("--help") || arguments.has("-h")) {
            out.print(UPGRADE);
            return 0;
        }
        if (!arguments.words().isEmpty()) {
            throw new ScaffoldException(
                    "unknown argument %s; see --help", arguments.words().get(0));
        }
        return new UpgradeProject(root, arguments.value("--from"), arguments.has("--dry-run"), out).run();
    }

    private static String quoted(Path path) {
        var text = path.toString();
        return text.matches("[\\w./+-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
