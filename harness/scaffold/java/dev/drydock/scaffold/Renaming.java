package dev.drydock.scaffold;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces the names that a file was written with, in its path and its text. */
record Renaming(List<Rule> rules) {

    /** The agent in Drydock's own source folder; Drydock's files use its names. */
    static final String REFERENCE = "triage";

    private static final Pattern IMPORTS =
            Pattern.compile("(?m)^(?:import (?!static ).*\\n)+|^(?:import static .*\\n)+");

    /** The application's name; not the script, the executable, its folder, a setting or a metric. */
    private static final String APPLICATION = "(?<![\\w.])(?<!\\./|/app/|/opt/)drydock(?!\\w|\\.(?!fly\\.dev)|-runner)";

    /** One replacement. */
    record Rule(Pattern pattern, String replacement) {}

    /**
     * For the files of a template: replaces its name only where it cannot be an ordinary word.
     *
     * @param types the names of its classes that begin with its own
     */
    static Renaming ofTemplate(String template, Set<String> types, Names names) {
        var renaming = new Renaming(new ArrayList<>());
        renaming.packages(template, names);
        for (var type : types) {
            renaming.rule("\\b" + type + "\\b", names.type() + type.substring(template.length()));
        }
        renaming.rule("(?<=\")" + template + "(?=\\\\?\"|\\.[a-z])", names.agent());
        renaming.rule("(?m)(?<=^|^%dev\\.|^%test\\.|^%dev,test\\.)" + template + "(?=\\.[a-z.]+=)", names.agent());
        renaming.rule(
                "(?<=`|\\b(?:samples|target|evals|agents)/|\\b(?:agents|feeds|http)\\.|\\b(?:run|eval) |[?&]agent=)"
                        + template + "\\b",
                names.agent());
        renaming.rule("(?<=AGENTS_|FEEDS_|HTTP_)" + upper(template) + "(?=_|\\b)", upper(names.agent()));
        return renaming;
    }

    /** For files of Drydock that use the reference agent's names. */
    static Renaming ofReference(Names names) {
        var renaming = new Renaming(new ArrayList<>());
        renaming.rule("(?ms)^[ \\t]*<!-- only in Drydock -->.*?<!-- /only in Drydock -->\\n", "");
        renaming.rule(
                "<groupId>com.example</groupId>(\\s*)<artifactId>drydock</artifactId>",
                "<groupId>" + names.group() + "</groupId>$1<artifactId>" + names.project() + "</artifactId>");
        renaming.rule("<name>Drydock</name>", "<name>" + names.project() + "</name>");
        renaming.rule("(?<=<description>)A template[^<]*", "A scheduled LLM agent, on Drydock");
        renaming.rule("samples/inbox", "samples/" + names.agent());
        renaming.packages(REFERENCE, names);
        renaming.rule("\\bcom\\.example\\b(?!\\.[a-z])", names.group());
        renaming.rule("\\b" + Names.capitalized(REFERENCE) + "(?=Agent)", names.type());
        renaming.rule("\\b" + REFERENCE + "\\b", names.agent());
        renaming.rule(upper(REFERENCE), upper(names.agent()));
        return renaming;
    }

    /** The same, and the project's name for the application's; in code only in quotes, because variables may have it too. */
    static Renaming ofApplication(Names names, String file) {
        var renaming = ofReference(names);
        renaming.rule(file.endsWith(".ts") ? "(?<=\")drydock(?=\")" : APPLICATION, names.project());
        return renaming;
    }

    private void packages(String template, Names names) {
        rule("\\bcom\\.example\\." + template + "\\b", names.packageName());
        rule("\\bcom/example/" + template + "\\b", names.folder());
    }

    private void rule(String pattern, String replacement) {
        rules.add(new Rule(
                Pattern.compile(pattern),
                replacement.contains("$") ? replacement : Matcher.quoteReplacement(replacement)));
    }

    private static String upper(String name) {
        return name.toUpperCase(Locale.ROOT);
    }

    String path(String path) {
        return apply(path);
    }

    /** The text with its imports sorted again, because their order depends on the package. */
    String text(String text) {
        return IMPORTS.matcher(apply(text)).replaceAll(block -> Matcher.quoteReplacement(sorted(block.group())));
    }

    private static String sorted(String imports) {
        return imports.lines().sorted().map(line -> line + "\n").collect(joining());
    }

    private String apply(String text) {
        var renamed = text;
        for (var rule : rules) {
            renamed = rule.pattern().matcher(renamed).replaceAll(rule.replacement());
        }
        return renamed;
    }

    /** Changes a file that is text; returns any other unchanged. */
    static byte[] text(byte[] content, UnaryOperator<String> change) {
        try {
            return change.apply(
                            UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString())
                    .getBytes(UTF_8);
        } catch (CharacterCodingException e) {
            return content;
        }
    }
}
