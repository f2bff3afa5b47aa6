package dev.drydock.scaffold;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The commits of a project that hold a rendering and nothing else: the merge bases of upgrades. */
record RenderingHistory(Git project) {

    /** The branch at the last of them. It is for people; upgrades do not read it. */
    static final String BRANCH = "drydock-template";

    /**
     * The rendering of a commit of Drydock that the checked-out branch descends from.
     *
     * <p>Its message names its tree: a squashed or edited commit with the same message has another tree and does not count.
     */
    Optional<String> merged(String commit) {
        return find(commit, "HEAD");
    }

    /** The same on any branch: when an upgrade was squashed, its rendering may still be on one. */
    Optional<String> onAnyBranch(String commit) {
        return find(commit, "--all");
    }

    private Optional<String> find(String commit, String where) {
        var format = "--format=%H %T %(trailers:key=Drydock-Rendering,valueonly,separator=%x20)";
        return project.output("log", format, "--grep=^Drydock-Rendering: " + commit, where, "--")
                .lines()
                .map(line -> List.of(line.split(" ")))
                .filter(words -> isRendering(words, commit))
                .map(words -> words.get(0))
                .findFirst();
    }

    private static boolean isRendering(List<String> words, String commit) {
        var tree = words.get(1);
        return Stream.iterate(2, at -> at + 1 < words.size(), at -> at + 2)
                .anyMatch(
                        at -> words.get(at).equals(commit) && words.get(at + 1).equals(tree));
    }

    /** Commits a rendering on top of the one before it, and moves the branch there. Changes no file of the work tree. */
    String commit(Path rendering, Optional<String> before, Origin origin) {
        project.output("fetch", "--quiet", "--no-tags", "--no-write-fetch-head", rendering.toString(), "HEAD");
        var tree = Git.in(rendering).output("rev-parse", "HEAD^{tree}");
        var message = "Render Drydock %s\n\n%s".formatted(origin.version(), Origin.trailer(origin.commit(), tree));
        var committing = project.committing();
        var commit = before.isPresent()
                ? committing.output("commit-tree", tree, "-p", before.get(), "-m", message)
                : committing.output("commit-tree", tree, "-m", message);
        project.output("update-ref", "refs/heads/" + BRANCH, commit);
        return commit;
    }

    /** Makes a rendering an ancestor of the checked-out branch without a change to its files. */
    void join(String rendering) {
        var message = "Join the rendering of Drydock that this project was last made from\n\n"
                + "The history had lost it, and git needs it to tell the project's changes from Drydock's.";
        var joined =
                project.committing().output("commit-tree", "HEAD^{tree}", "-p", "HEAD", "-p", rendering, "-m", message);
        project.output("update-ref", "HEAD", joined);
    }
}
