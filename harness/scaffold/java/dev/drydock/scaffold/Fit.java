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

/** Puts new names in the place of those that a file was written with, in its path and its text. */
record Fit(List<Rule> rules) {

    /** The template that the reference agent is the source of; Drydock's own files speak of it. */
    static final String REFERENCE = "triage";

    private static final Pattern IMPORTS = Pattern.compile("(?m)^(?:import (?!static ).*\\n)+|^(?:import static .*\\n)+");

    /** Not the script, the executable, its folder, a setting or a metric. */
    private static final String APPLICATION = "(?<![\\w.])(?<!\\./|/app/|/opt/)drydock(?!\\w|\\.(?!fly\\.dev)|-runner)";

    /** One replacement. */
    record Rule(Pattern pattern, String replacement) {}

    /**
     * For the files of a template: careful with its name, which may well be an ordinary word.
     *
     * @param types the names of its classes that begin with its own
     */
    static Fit ofTemplate(String template, Set<String> types, Names names) {
        var fit = new Fit(new ArrayList<>());
        fit.packages(template, names);
        for (var type : types) {
            fit.rule("\\b" + type + "\\b", names.type() + type.substring(template.length()));
        }
        fit.rule("(?<=\")" + template + "(?=\\\\?\"|\\.[a-z])", names.agent());
        fit.rule("(?m)(?<=^|^%dev\\.|^%test\\.|^%dev,test\\.)" + template + "(?=\\.[a-z.]+=)", names.agent());
        fit.rule(
                "(?<=`|\\b(?:samples|target|evals|agents)/|\\b(?:agents|feeds|http)\\.|\\b(?:run|eval) |[?&]agent=)"
                        + template + "\\b",
                names.agent());
        fit.rule("(?<=AGENTS_|FEEDS_|HTTP_)" + upper(template) + "(?=_|\\b)", upper(names.agent()));
        return fit;
    }

    /** For files of Drydock that speak of the reference agent. */
    static Fit ofProject(Names names) {
        var fit = new Fit(new ArrayList<>());
        fit.rule("(?ms)^[ \\t]*<!-- only in Drydock -->.*?<!-- /only in Drydock -->\\n", "");
        fit.rule(
                "<groupId>dev.drydock</groupId>(\\s*)<artifactId>drydock</artifactId>(\\s*)<version>[^<]*</version>",
                "<groupId>" + names.group() + "</groupId>$1<artifactId>" + names.project()
                        + "</artifactId>$2<version>0.1.0</version>");
        fit.rule("<name>Drydock</name>", "<name>" + names.project() + "</name>");
        fit.rule("(?<=<description>)A template[^<]*", "A scheduled LLM agent, on Drydock");
        // how a line is wrapped hangs on how long a name is: format, rather than fail
        fit.rule("(?<=<goal>)check(?=</goal>)", "apply");
        fit.rule("(?<=folder\\.inbox=inbox),samples/inbox", ""); // its template says what it reads
        fit.rule("samples/inbox", "samples/" + names.agent());
        fit.packages(REFERENCE, names);
        fit.rule("\\bcom\\.example\\b(?!\\.[a-z])", names.group());
        fit.rule("\\b" + Names.capitalized(REFERENCE) + "(?=Agent)", names.type());
        fit.rule("\\b" + REFERENCE + "\\b", names.agent());
        fit.rule(upper(REFERENCE), upper(names.agent()));
        return fit;
    }

    /** The same, with the project's name for the application's: in code only within quotes, for there may be variables. */
    static Fit ofApplication(Names names, String file) {
        var fit = ofProject(names);
        fit.rule(file.endsWith(".ts") ? "(?<=\")drydock(?=\")" : APPLICATION, names.project());
        return fit;
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

    /** The text, with imports in order again: their order hangs on the package. */
    String text(String text) {
        return IMPORTS.matcher(apply(text)).replaceAll(block -> Matcher.quoteReplacement(sorted(block.group())));
    }

    private static String sorted(String imports) {
        return imports.lines().sorted().map(line -> line + "\n").collect(joining());
    }

    private String apply(String text) {
        var fitted = text;
        for (var rule : rules) {
            fitted = rule.pattern().matcher(fitted).replaceAll(rule.replacement());
        }
        return fitted;
    }

    /** Changes a file that is text; any other stays as it is. */
    static byte[] text(byte[] content, UnaryOperator<String> change) {
        try {
            return change.apply(UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString())
                    .getBytes(UTF_8);
        } catch (CharacterCodingException e) {
            return content;
        }
    }
}
