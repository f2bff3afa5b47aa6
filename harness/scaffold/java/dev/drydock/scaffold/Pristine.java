package dev.drydock.scaffold;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The commits of a project that hold what Drydock rendered and nothing else: what git needs to merge the next one. */
record Pristine(Git project) {

    /** Shows where the last of them is; nothing depends on it. */
    static final String BRANCH = "drydock-template";

    /**
     * The rendering of a commit of Drydock that the checked-out branch descends from.
     *
     * <p>Known by its own message and content: a squashed or edited commit that carries the message on is none.
     */
    Optional<String> merged(String commit) {
        return find(commit, "HEAD");
    }

    /** The same, on any branch: where an upgrade was squashed, its rendering may have stayed behind on one. */
    Optional<String> left(String commit) {
        return find(commit, "--all");
    }

    private Optional<String> find(String commit, String where) {
        var format = "--format=%H %T %(trailers:key=Drydock-Rendering,valueonly,separator=%x20)";
        return project.tell("log", format, "--grep=^Drydock-Rendering: " + commit, where, "--").lines()
                .map(line -> List.of(line.split(" ")))
                .filter(words -> isPristine(words, commit))
                .map(words -> words.get(0))
                .findFirst();
    }

    private static boolean isPristine(List<String> words, String commit) {
        var tree = words.get(1);
        return Stream.iterate(2, at -> at + 1 < words.size(), at -> at + 2)
                .anyMatch(at -> words.get(at).equals(commit) && words.get(at + 1).equals(tree));
    }

    /** Commits a rendering on top of the one before it, and moves the branch there. No file of the work tree changes. */
    String commit(Path rendering, Optional<String> before, Origin origin) {
        project.tell("fetch", "--quiet", "--no-tags", "--no-write-fetch-head", rendering.toString(), "HEAD");
        var tree = Git.in(rendering).tell("rev-parse", "HEAD^{tree}");
        var message = "Render Drydock %s\n\n%s".formatted(origin.version(), Origin.trailer(origin.commit(), tree));
        var committing = project.committing();
        var commit = before.isPresent()
                ? committing.tell("commit-tree", tree, "-p", before.get(), "-m", message)
                : committing.tell("commit-tree", tree, "-m", message);
        project.tell("update-ref", "refs/heads/" + BRANCH, commit);
        return commit;
    }

    /** Makes a rendering an ancestor of the checked-out branch, whose files stay as they are. */
    void join(String rendering) {
        var message = "Join the rendering of Drydock that this project was last made from\n\n"
                + "The history had lost it, and git needs it to tell the project's changes from Drydock's.";
        var joined = project.committing()
                .tell("commit-tree", "HEAD^{tree}", "-p", "HEAD", "-p", rendering, "-m", message);
        project.tell("update-ref", "HEAD", joined);
    }
}
