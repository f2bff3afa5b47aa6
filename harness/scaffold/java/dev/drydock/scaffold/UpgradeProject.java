package dev.drydock.scaffold;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Merges a newer Drydock into a project, as git merges a branch. */
record UpgradeProject(Path root, Optional<String> from, boolean dry, PrintStream out) {

    /** The exit code when both sides changed the same lines, and a person must resolve the conflicts. */
    static final int CONFLICTS = 8;

    /**
     * Merges the newer Drydock. Can be repeated after an upgrade that was aborted or interrupted.
     *
     * @return the exit code: 0 if merged or up to date, else {@link #CONFLICTS}; for a dry run, that of the real one
     */
    int run() throws IOException {
        var git = Git.in(root);
        refuseUnready(git);
        var origin = Origin.read(root);
        try (var folder = TemporaryFolder.anywhere()) {
            var newer = DrydockClone.of(source(origin), folder.path(), "newer");
            if (newer.commit().equals(origin.commit())) {
                out.printf("up to date with Drydock %s (%.7s)%n", origin.version(), origin.commit());
                return 0;
            }
            if (newer.isBehind(origin)
                    || new RenderingHistory(git).merged(newer.commit()).isPresent()) {
                throw new ScaffoldException(
                        "Drydock at %.7s is older than the one this project was last made from, %s (%.7s)",
                        newer.commit(), origin.version(), origin.commit());
            }
            var next = newer.render(origin, folder.path().resolve("next"));
            var project = dry ? trial(folder.path()) : git;
            var base = base(new RenderingHistory(project), origin, newer, folder.path());
            return merge(project, base, next);
        }
    }

    private void refuseUnready(Git git) {
        if (!Origin.isIn(root)) {
            throw new ScaffoldException(
                    "%s is missing, so this project was not made by ./drydock new; update a clone of Drydock with git pull",
                    Origin.FILE);
        }
        var prefix = git.attempt("rev-parse", "--show-prefix");
        if (!prefix.succeeded() || !prefix.out().isBlank()) {
            throw new ScaffoldException("an upgrade is a merge: this folder must be the root of a git repository");
        }
        if (git.query("rev-parse", "--verify", "--quiet", "HEAD:" + Origin.FILE).isEmpty()) {
            throw new ScaffoldException("%s is not committed: commit it first", Origin.FILE);
        }
        if (dry) {
            return;
        }
        if (git.query("rev-parse", "--verify", "--quiet", "MERGE_HEAD").isPresent()) {
            throw new ScaffoldException(
                    "a merge is in progress: finish it with git commit, or undo it with git merge --abort");
        }
        var changed = git.query("status", "--porcelain", "--untracked-files=no");
        if (changed.isPresent()) {
            throw new ScaffoldException(
                    "there are uncommitted changes: commit them, or store them with git stash%n%s", changed.get());
        }
        if (git.query("symbolic-ref", "--quiet", "--short", "HEAD")
                .filter(RenderingHistory.BRANCH::equals)
                .isPresent()) {
            throw new ScaffoldException(
                    "the branch %s holds renderings only: switch to your own branch with git switch",
                    RenderingHistory.BRANCH);
        }
    }

    private String source(Origin origin) {
        var source = from.orElse(origin.source());
        return Files.isDirectory(Path.of(source))
                ? Path.of(source).toAbsolutePath().normalize().toString()
                : source;
    }

    /** A clone of the project to try the merge in. */
    private Git trial(Path within) {
        Git.in(within).output("clone", "--quiet", "--shared", root.toString(), "trial");
        return Git.in(within.resolve("trial"));
    }

    /** The rendering that the project was last made from. If the history lacks it, it is made again and joined. */
    private static String base(RenderingHistory history, Origin origin, DrydockClone newer, Path folder)
            throws IOException {
        var merged = history.merged(origin.commit());
        if (merged.isPresent()) {
            return merged.get();
        }
        var left = history.onAnyBranch(origin.commit());
        var base = left.isPresent() ? left.get() : remade(history, origin, newer, folder);
        history.join(base);
        return base;
    }

    private static String remade(RenderingHistory history, Origin origin, DrydockClone newer, Path folder)
            throws IOException {
        var then = newer.at(origin, folder)
                .or(() -> DrydockClone.of(origin.source(), folder, "source").at(origin, folder))
                .orElseThrow(() -> new ScaffoldException(
                        "this project was made from Drydock at %2$s, which neither its history nor %1$s has:"
                                + " name a clone that has it with --from",
                        origin.source(), origin.commit()));
        return history.commit(then.render(origin, folder.resolve("first")), Optional.empty(), origin);
    }

    private int merge(Git project, String base, Path next) throws IOException {
        var origin = Origin.read(next);
        var name = "Drydock %s (%.7s)".formatted(origin.version(), origin.commit());
        var rendering = new RenderingHistory(project).commit(next, Optional.of(base), origin);
        var outcome = project.committing()
                .attempt(
                        "-c",
                        "merge.renames=true",
                        "-c",
                        "merge.directoryRenames=true",
                        "-c",
                        "merge.renameLimit=0",
                        "merge",
                        "--no-ff",
                        "--no-verify-signatures",
                        "-m",
                        "Merge " + name,
                        rendering);
        var conflicts = project.query("diff", "--name-only", "--diff-filter=U");
        if (!outcome.succeeded() && conflicts.isEmpty()) {
            throw new ScaffoldException("git cannot merge:%n%s", (outcome.out() + outcome.err()).strip());
        }
        if (dry) {
            out.println(project.output("diff", "--no-ext-diff", "--no-color", "-M", base, rendering));
        }
        out.println(conflicts.isPresent() ? conflict(name, conflicts.get()) : merged(name));
        return conflicts.isPresent() ? CONFLICTS : 0;
    }

    private String merged(String name) {
        return dry
                ? name + " can be merged as shown, without conflicts. Nothing was changed."
                : name + " is merged. To see what it changed: git show --stat -m --first-parent. Then: ./mvnw verify";
    }

    private String conflict(String name, String files) {
        return dry
                ? "%s can be merged as shown, with conflicts in:\n%s\nNothing was changed."
                        .formatted(name, files.indent(2).stripTrailing())
                : """
                %s is merged, with conflicts in:
                %s
                Resolve them, then: git add --all && git commit
                Or undo the merge:  git merge --abort
                """.formatted(name, files.indent(2).stripTrailing()).stripTrailing();
    }
}
