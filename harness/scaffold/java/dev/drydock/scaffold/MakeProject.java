package dev.drydock.scaffold;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes a project of its own out of what is committed in a clone of Drydock. */
record MakeProject(Path root, Names names, String template, Path target) {

    /** Either the whole project stands in its folder, with a first commit, or nothing does. */
    void run() throws IOException {
        refuseTaken();
        var drydock = Git.in(root);
        var tree = drydock.attempt("rev-parse", "--verify", "HEAD:./");
        if (!tree.good()) {
            throw new Refusal(
                    "a project is made out of what is committed, and in %s git finds nothing: clone Drydock with git,"
                            + " and run the clone's ./drydock new%n%s",
                    root, tree.err().strip());
        }
        try (var folder = Folder.beside(target)) {
            var source = checkOut(drydock, tree.out().strip(), folder.path());
            var project = folder.path().resolve("project");
            new Rendering(source, names, AgentTemplate.named(template, source)).into(project);
            var origin = Origin.of(drydock, source, names, template);
            origin.write(project);
            commit(project, origin);
            Files.createDirectories(target.getParent());
            Files.deleteIfExists(target);
            Files.move(project, target);
        }
    }

    private void refuseTaken() throws IOException {
        if (Origin.isIn(root)) {
            throw new Refusal(
                    "this is a project already: ./drydock new %s --here adds an agent to it; another project is made by"
                            + " a clone of Drydock, as this one was",
                    names.project());
        }
        if (Files.exists(target) && (!Files.isDirectory(target) || target.toFile().list().length > 0)) {
            throw new Refusal("%s is taken: name another folder with --into", target);
        }
    }

    /** What is committed, whatever has changed in the work tree since. */
    private static Path checkOut(Git drydock, String tree, Path folder) throws IOException {
        var source = Files.createDirectory(folder.resolve("source"));
        var git = Git.in(source)
                .with("GIT_DIR", Path.of(drydock.tell("rev-parse", "--absolute-git-dir")))
                .with("GIT_WORK_TREE", source)
                .with("GIT_INDEX_FILE", folder.resolve("index"));
        git.tell("read-tree", tree);
        git.tell("checkout-index", "--all");
        return source;
    }

    /** By git's lower commands: hooks and signatures are for the commits of people. */
    private void commit(Path project, Origin origin) {
        var unborn = Git.in(project);
        unborn.tell("init", "--quiet");
        var branch = unborn.ask("config", "init.defaultBranch").orElse("main");
        unborn.tell("symbolic-ref", "HEAD", "refs/heads/" + branch);
        unborn.tell("add", "--all", "--force");
        var tree = unborn.tell("write-tree");
        var message = "Begin %s with Drydock %s and its template %s\n\n%s"
                .formatted(names.project(), origin.version(), template, Origin.trailer(origin.commit(), tree));
        unborn.tell("update-ref", "HEAD", unborn.committing().tell("commit-tree", tree, "-m", message));
    }
}
