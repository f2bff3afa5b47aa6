package dev.drydock.scaffold;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Merges a newer Drydock into a project, as git merges a branch. */
record UpgradeProject(Path root, Optional<String> from, boolean dry, PrintStream out) {

    /** Both sides changed the same lines: a person must settle them. */
    static final int CONFLICTS = 8;

    /**
     * Can be repeated, whatever became of the time before.
     *
     * @return the exit: 0 if merged or up to date, else {@link #CONFLICTS}; of a dry run, what the upgrade's would be
     */
    int run() throws IOException {
        var git = Git.in(root);
        refuseUnready(git);
        var origin = Origin.read(root);
        try (var folder = Folder.anywhere()) {
            var newer = DrydockClone.of(source(origin), folder.path(), "newer");
            if (newer.commit().equals(origin.commit())) {
                out.printf("up to date with Drydock %s (%.7s)%n", origin.version(), origin.commit());
                return 0;
            }
            if (newer.isBehind(origin) || new Pristine(git).merged(newer.commit()).isPresent()) {
                throw new Refusal(
                        "Drydock at %.7s is older than the one this project was last made from, %s (%.7s)",
                        newer.commit(), origin.version(), origin.commit());
            }
            var next = newer.render(origin, folder.path().resolve("next"));
            var project = dry ? trial(folder.path()) : git;
            var base = base(new Pristine(project), origin, newer, folder.path());
            return merge(project, base, next);
        }
    }

    private void refuseUnready(Git git) {
        if (!Origin.isIn(root)) {
            throw new Refusal(
                    "this is no project made by ./drydock new, for %s is missing here; a clone of Drydock itself is"
                            + " brought up to date by git pull",
                    Origin.FILE);
        }
        var prefix = git.attempt("rev-parse", "--show-prefix");
        if (!prefix.good() || !prefix.out().isBlank()) {
            throw new Refusal("an upgrade is a merge, and needs this folder to be a git repository of its own");
        }
        if (git.ask("rev-parse", "--verify", "--quiet", "HEAD:" + Origin.FILE).isEmpty()) {
            throw new Refusal("%s is not committed: commit the project first", Origin.FILE);
        }
        if (dry) {
            return;
        }
        if (git.ask("rev-parse", "--verify", "--quiet", "MERGE_HEAD").isPresent()) {
            throw new Refusal("a merge is under way: end it with git commit, or drop it with git merge --abort");
        }
        var changed = git.ask("status", "--porcelain", "--untracked-files=no");
        if (changed.isPresent()) {
            throw new Refusal(
                    "there are changes that are not committed: commit them, or put them away with git stash%n%s",
                    changed.get());
        }
        if (git.ask("symbolic-ref", "--quiet", "--short", "HEAD")
                .filter(Pristine.BRANCH::equals)
                .isPresent()) {
            throw new Refusal("the branch %s is not for work: git switch to yours", Pristine.BRANCH);
        }
    }

    private String source(Origin origin) {
        var source = from.orElse(origin.source());
        return Files.isDirectory(Path.of(source)) ? Path.of(source).toAbsolutePath().normalize().toString() : source;
    }

    /** A copy to try the merge in, without a change to the project. */
    private Git trial(Path within) {
        Git.in(within).tell("clone", "--quiet", "--shared", root.toString(), "trial");
        return Git.in(within.resolve("trial"));
    }

    /** The rendering that the project has grown from. Where its history has lost that, it is made again and joined. */
    private static String base(Pristine pristine, Origin origin, DrydockClone newer, Path folder) throws IOException {
        var merged = pristine.merged(origin.commit());
        if (merged.isPresent()) {
            return merged.get();
        }
        var left = pristine.left(origin.commit());
        var base = left.isPresent() ? left.get() : remade(pristine, origin, newer, folder);
        pristine.join(base);
        return base;
    }

    private static String remade(Pristine pristine, Origin origin, DrydockClone newer, Path folder)
            throws IOException {
        var then = newer.at(origin, folder)
                .or(() -> DrydockClone.of(origin.source(), folder, "source").at(origin, folder))
                .orElseThrow(() -> new Refusal(
                        "neither this history nor %s knows Drydock at %s, which the project was made from;"
                                + " name a clone that does with --from",
                        origin.source(), origin.commit()));
        return pristine.commit(then.render(origin, folder.resolve("first")), Optional.empty(), origin);
    }

    private int merge(Git project, String base, Path next) throws IOException {
        var origin = Origin.read(next);
        var name = "Drydock %s (%.7s)".formatted(origin.version(), origin.commit());
        var rendering = new Pristine(project).commit(next, Optional.of(base), origin);
        var outcome = project.committing()
                .attempt(
                        "-c", "merge.renames=true",
                        "merge", "--no-ff", "--no-verify-signatures", "-m", "Merge " + name, rendering);
        var conflicts = project.ask("diff", "--name-only", "--diff-filter=U");
        if (!outcome.good() && conflicts.isEmpty()) {
            throw new Refusal("git does not merge:%n%s", (outcome.out() + outcome.err()).strip());
        }
        if (dry) {
            out.println(project.tell("diff", "--no-ext-diff", "--no-color", "-M", base, rendering));
        }
        out.println(conflicts.isPresent() ? conflict(name, conflicts.get()) : merged(name));
        return conflicts.isPresent() ? CONFLICTS : 0;
    }

    private String merged(String name) {
        return dry
                ? name + " can be merged as shown, without a conflict. Nothing has changed."
                : name + " is merged. See what came with it: git show --stat -m --first-parent. Then: ./mvnw verify";
    }

    private String conflict(String name, String files) {
        return dry
                ? "%s can be merged as shown, but both sides have changed:\n%s\nNothing has changed yet."
                        .formatted(name, files.indent(2).stripTrailing())
                : """
                %s is merged, save for what both sides have changed:
                %s
                Settle that, then: git add --all && git commit
                Or go back:        git merge --abort
                """
                        .formatted(name, files.indent(2).stripTrailing())
                        .stripTrailing();
    }
}
