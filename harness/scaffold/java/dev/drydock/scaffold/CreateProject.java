package dev.drydock.scaffold;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** Makes a project, a repository of its own, out of the commit that is checked out in a clone of Drydock. */
record CreateProject(Path root, Names names, String template, Set<String> overlays, Path target) {

    /** Writes the whole project with its first commit, or nothing. */
    void run() throws IOException {
        refuseTaken();
        var drydock = Git.in(root);
        var tree = drydock.attempt("rev-parse", "--verify", "HEAD:./");
        if (!tree.succeeded()) {
            throw new ScaffoldException(
                    "a project is made from a commit, and %s is not a git repository: clone Drydock with git,"
                            + " and run the clone's ./drydock new%n%s",
                    root, tree.err().strip());
        }
        try (var folder = TemporaryFolder.beside(target)) {
            var source = checkOut(drydock, tree.out().strip(), folder.path());
            var project = folder.path().resolve("project");
            var layout = new ProjectLayout(Manifest.of(source), overlays);
            new Rendering(source, names, AgentTemplate.named(template, source), layout).into(project);
            var origin = Origin.of(drydock, source, names, template, overlays);
            origin.write(project);
            commit(project, origin);
            Files.createDirectories(target.getParent());
            Files.deleteIfExists(target);
            Files.move(project, target);
        }
    }

    private void refuseTaken() throws IOException {
        if (Origin.isIn(root)) {
            throw new ScaffoldException(
                    "this folder is a project: ./drydock new %s --here adds an agent to it; to make another project,"
                            + " run ./drydock new in a clone of Drydock",
                    names.project());
        }
        if (Files.exists(target)
                && (!Files.isDirectory(target) || target.toFile().list().length > 0)) {
            throw new ScaffoldException("%s is taken: name another folder with --into", target);
        }
    }

    /** Checks out the commit, without changes of the work tree, and without Drydock's tests, which no project gets. */
    private static Path checkOut(Git drydock, String tree, Path folder) throws IOException {
        var source = Files.createDirectory(folder.resolve("source"));
        var git = Git.in(source)
                .with("GIT_DIR", Path.of(drydock.output("rev-parse", "--absolute-git-dir")))
                .with("GIT_WORK_TREE", source)
                .with("GIT_INDEX_FILE", folder.resolve("index"));
        git.output("read-tree", tree);
        git.output("rm", "-r", "--cached", "--quiet", "--ignore-unmatch", "harness/src/test");
        git.output("checkout-index", "--all");
        return source;
    }

    /** Uses git's plumbing, so that hooks do not run and nothing is signed. */
    private void commit(Path project, Origin origin) {
        var unborn = Git.in(project);
        unborn.output("init", "--quiet");
        var branch = unborn.query("config", "init.defaultBranch").orElse("main");
        unborn.output("symbolic-ref", "HEAD", "refs/heads/" + branch);
        unborn.output("add", "--all", "--force");
        var tree = unborn.output("write-tree");
        var message = "Begin %s with Drydock %s and its template %s\n\n%s"
                .formatted(names.project(), origin.version(), template, Origin.trailer(origin.commit(), tree));
        unborn.output("update-ref", "HEAD", unborn.committing().output("commit-tree", tree, "-m", message));
    }
}
