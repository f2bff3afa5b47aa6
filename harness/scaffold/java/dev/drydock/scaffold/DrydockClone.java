package dev.drydock.scaffold;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A temporary clone of Drydock, whose {@code ./drydock new} makes projects as Drydock did at its commit. */
record DrydockClone(Git git) {

    static DrydockClone of(String source, Path within, String name) {
        var outcome = Git.in(within).attempt("clone", "--quiet", source, name);
        if (!outcome.succeeded()) {
            throw new ScaffoldException(
                    "cannot clone Drydock from %s: name another repository or folder with --from%n%s",
                    source, outcome.err().strip());
        }
        return new DrydockClone(Git.in(within.resolve(name)));
    }

    String commit() {
        return git.output("rev-parse", "HEAD");
    }

    /** Whether the project's commit of Drydock descends from this one. False if this clone lacks the project's commit. */
    boolean isBehind(Origin origin) {
        return git.attempt("merge-base", "--is-ancestor", "HEAD", origin.commit())
                .succeeded();
    }

    /** A clone at the commit that the project was last made from; empty if this clone lacks it. */
    Optional<DrydockClone> at(Origin origin, Path within) {
        if (!git.attempt("cat-file", "-e", origin.commit() + "^{commit}").succeeded()) {
            return Optional.empty();
        }
        var then = of(git.folder().toString(), within, "then");
        then.git.output("checkout", "--quiet", "--detach", origin.commit());
        then.git.output("remote", "set-url", "origin", origin.source());
        return Optional.of(then);
    }

    /** Makes the project anew with this clone's own code, manifest and templates. */
    Path render(Origin origin, Path target) throws IOException {
        var command = Stream.of(
                Stream.of("bash", git.folder().resolve("drydock").toString(), "new", origin.project()),
                origin.options(),
                Stream.of("--into", target.toString()));
        var outcome =
                Git.run(git.folder(), Map.of(), command.flatMap(words -> words).toList());
        if (!outcome.succeeded() || !Origin.isIn(target)) {
            throw new ScaffoldException(
                    "Drydock at %s cannot make this project from the template %s:%n%s",
                    commit(), origin.template(), (outcome.out() + outcome.err()).strip());
        }
        return target;
    }
}
