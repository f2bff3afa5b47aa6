package dev.drydock.blackbox;

import dev.drydock.console.DrydockCommand;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * The command line that starts what was packaged last. A native executable starts as it is. A jar's classes are loaded from
 * an archive, which halves the CPU time of a start; {@code java -jar}, whose class loader
 * cannot use an archive, is tried by {@link LiveIT} and by the image.
 */
final class PackagedProgram {

    private static final Path BUILT = Path.of("target/quarkus-artifact.properties");
    private static final Path ARCHIVE =
            Path.of("target/blackbox-" + Runtime.version().feature() + ".jsa");

    private static final class Holder {

        static final List<String> COMMAND = command();
    }

    private PackagedProgram() {}

    static List<String> executable() {
        return Holder.COMMAND;
    }

    private static List<String> command() {
        try {
            var built = new Properties();
            try (var in = Files.newInputStream(BUILT)) {
                built.load(in);
            }
            var path = Path.of("target").resolve(built.getProperty("path")).toAbsolutePath();
            if (built.getProperty("type").equals("native")) {
                return List.of(path.toString());
            }
            var classes = classes(path);
            return java("-XX:SharedArchiveFile=" + archive(classes), classes);
        } catch (Exception e) {
            throw new IllegalStateException("The program cannot be started as it was packaged", e);
        }
    }

    /** Made once after a build. */
    private static Path archive(String classes) throws Exception {
        var archive = ARCHIVE.toAbsolutePath();
        if (isCurrent(archive)) {
            return archive;
        }
        try (var environment = new TestEnvironment()) {
            environment.put("a.txt", "The export fails.");
            var made = Path.of(archive + ".new");
            Files.deleteIfExists(made);
            var settings = environment.settings();
            settings.put("drydock.mode", "live");
            var run = java("-XX:ArchiveClassesAtExit=" + made, classes);
            try (var program = Program.start(run, settings, "run", "triage")) {
                program.awaitEnd();
            }
            Files.move(made, archive, StandardCopyOption.REPLACE_EXISTING);
        }
        return archive;
    }

    private static boolean isCurrent(Path archive) throws IOException {
        return Files.exists(archive)
                && Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(BUILT)) > 0;
    }

    private static List<String> java(String archive, String classes) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                archive,
                "-Xlog:disable", // no word about classes that cannot be archived
                "-XX:TieredStopAtLevel=1", // most processes end before the second compiler pays off
                "-XX:+UseSerialGC",
                "--add-opens=java.base/java.lang=ALL-UNNAMED", // as the jar's manifest says
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-cp",
                classes,
                DrydockCommand.class.getName());
    }

    /** What Quarkus wove or generated stands before what it was made of. */
    private static String classes(Path jar) throws IOException {
        var path = new ArrayList<String>();
        for (var part : List.of(
                "quarkus/transformed-bytecode.jar", "quarkus/generated-bytecode.jar", "app", "lib/boot", "lib/main")) {
            try (Stream<Path> files = Files.walk(jar.resolveSibling(part))) {
                files.filter(file -> file.toString().endsWith(".jar"))
                        .map(Path::toString)
                        .sorted()
                        .forEach(path::add);
            }
        }
        return String.join(File.pathSeparator, path);
    }
}
