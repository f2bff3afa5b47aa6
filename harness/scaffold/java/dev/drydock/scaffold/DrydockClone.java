package dev.drydock.scaffold;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A clone of Drydock, which makes projects as the Drydock of its commit does. */
record DrydockClone(Git git) {

    static DrydockClone of(String source, Path within, String name) {
        var outcome = Git.in(within).attempt("clone", "--quiet", source, name);
        if (!outcome.good()) {
            throw new Refusal(
                    "Drydock cannot be had from %s: name another place with --from%n%s",
                    source, outcome.err().strip());
        }
        return new DrydockClone(Git.in(within.resolve(name)));
    }

    String commit() {
        return git.tell("rev-parse", "HEAD");
    }

    /** Whether the project has had all of this already. A clone that does not know the project's commit cannot tell. */
    boolean isBehind(Origin origin) {
        return git.attempt("merge-base", "--is-ancestor", "HEAD", origin.commit())
                .good();
    }

    /** Drydock as it was when the project was last made from it, if this clone knows that commit. */
    Optional<DrydockClone> at(Origin origin, Path within) {
        if (!git.attempt("cat-file", "-e", origin.commit() + "^{commit}").good()) {
            return Optional.empty();
        }
        var then = of(git.folder().toString(), within, "then");
        then.git.tell("checkout", "--quiet", "--detach", origin.commit());
        then.git.tell("remote", "set-url", "origin", origin.source());
        return Optional.of(then);
    }

    /** The project as this Drydock makes it, by its own ./drydock new: its files, its manifest, its templates. */
    Path render(Origin origin, Path target) throws IOException {
        var outcome = Git.run(
                git.folder(),
                Map.of(),
                List.of(
                        "bash",
                        git.folder().resolve("drydock").toString(),
                        "new",
                        origin.project(),
                        "--template",
                        origin.template(),
                        "--package",
                        origin.packageName(),
                        "--into",
                        target.toString()));
        if (!outcome.good() || !Origin.isIn(target)) {
            throw new Refusal(
                    "Drydock at %s does not make this project (%s):%n%s",
                    commit(), "template " + origin.template(), (outcome.out() + outcome.err()).strip());
        }
        return target;
    }
}
