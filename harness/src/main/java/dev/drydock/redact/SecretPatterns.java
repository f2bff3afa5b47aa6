package dev.drydock.redact;

import dev.drydock.config.SettingsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The shapes of secrets and of personal data. Each is found in one pass, however hostile the text. */
final class SecretPatterns {

    static final String SECRET = "[secret]";

    /**
     * A pattern that is only tried on texts with one of its words: most texts have none, and a word is found many times as fast.
     *
     * @param instead what stands in the place of a match
     * @param words in lower case; each match has at least one of them, in any case
     */
    private record Shape(String regex, String instead, List<String> words) {}

    private static final List<Shape> SECRETS = List.of(
            // OpenAI, Anthropic, Langfuse, Stripe
            new Shape("\\b(?:sk|pk|rk)-[A-Za-z0-9_-]{16,}", SECRET, List.of("sk-", "pk-", "rk-")),
            new Shape("\\blsv2_[A-Za-z0-9_]{20,}", SECRET, List.of("lsv2_")), // LangSmith
            new Shape("\\bxox[a-z]-[A-Za-z0-9-]{10,}", SECRET, List.of("xox")), // Slack
            new Shape("https://hooks\\.slack\\.com/[A-Za-z0-9/_-]+", SECRET, List.of("https://hooks.slack.com/")),
            new Shape(
                    "\\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,})",
                    SECRET,
                    List.of("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_")),
            new Shape("\\bglpat-[A-Za-z0-9_-]{20,}", SECRET, List.of("glpat-")),
            new Shape("\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b", SECRET, List.of("akia", "asia")), // AWS
            new Shape("\\bAIza[0-9A-Za-z_-]{30,}", SECRET, List.of("aiza")), // Google
            // JSON web tokens
            new Shape(
                    "(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]*",
                    SECRET,
                    List.of("eyj")),
            new Shape(
                    "-----BEGIN [A-Z ]*PRIVATE KEY-----[\\s\\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)",
                    SECRET,
                    List.of("-----begin ")));

    /** What comes before a secret stays, so that the line can still be read. */
    private static final List<Shape> AFTER = List.of(
            new Shape(
                    "(?i)\\b(bearer|authorization[\"']?\\s{0,3}[:=]\\s{0,3}[\"']?basic)\\s{1,3}[A-Za-z0-9._~+/=-]{12,}",
                    "$1 " + SECRET,
                    List.of("bearer", "authorization")),
            new Shape(
                    "(?i)((?:password|passwd|pwd|secret|api[_-]?key|access[_-]?key|token)s?[\"']?\\s{0,3}[:=]\\s{0,3}[\"']?)[^\\s\"',;&]{4,}",
                    "$1" + SECRET,
                    List.of("passw", "pwd", "secret", "key", "token")),
            // the password in a URL
            new Shape(
                    "((?<![a-z0-9+.-])[a-z][a-z0-9+.-]{0,20}://[^\\s/:@]{1,100}:)[^\\s/@]{1,200}(?=@)",
                    "$1" + SECRET,
                    List.of("://")));

    private static final String MAIL =
            "(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\\.){1,8}[A-Za-z]{2,24}\\b";

    private static final String CARD = "(?<![\\w-])(?:\\d[ -]?){12,18}\\d(?![\\w-])";

    /** International ones, and those of North America; not times, ids and amounts. */
    private static final String PHONE =
            "(?<![\\w+.-])(?:\\+\\d{1,3}[ .-]?(?:\\(\\d{1,4}\\)[ .-]?)?\\d(?:[ .-]?\\d){5,12}|\\(?\\d{3}\\)?[ .-]\\d{3}[ .-]\\d{4})(?![\\w-])";

    /** A pattern and what stands in its place. */
    interface Mask {

        /** Masks each match in the text, which comes in lower case, too. */
        String mask(String text, String lower);
    }

    private SecretPatterns() {}

    static List<Mask> secrets(Map<String, String> more) {
        var masks = new ArrayList<Mask>();
        SECRETS.forEach(shape -> masks.add(mask(shape)));
        more.forEach((name, regex) -> masks.add(own(name, regex, SECRET)));
        AFTER.forEach(shape -> masks.add(mask(shape)));
        return masks;
    }

    static List<Mask> personal(Map<String, String> more) {
        var masks = new ArrayList<Mask>();
        masks.add(mask(new Shape(MAIL, "[mail address]", List.of("@"))));
        masks.add(cards());
        masks.add(all(PHONE, "[phone number]"));
        more.forEach((name, regex) -> masks.add(own(name, regex, "[" + name + "]")));
        return masks;
    }

    private static Mask own(String name, String regex, String instead) {
        try {
            return all(regex, instead);
        } catch (PatternSyntaxException e) {
            throw new SettingsException(
                    "drydock.redact: \"%s\" is no regular expression: %s".formatted(name, e.getDescription()));
        }
    }

    private static Mask mask(Shape shape) {
        var all = all(shape.regex(), shape.instead());
        return (text, lower) -> {
            for (var word : shape.words()) {
                if (lower.contains(word)) {
                    return all.mask(text, lower);
                }
            }
            return text;
        };
    }

    private static Mask all(String regex, String instead) {
        var pattern = Pattern.compile(regex);
        return (text, lower) -> pattern.matcher(text).replaceAll(instead);
    }

    /** Long numbers are cards only if their last digit is right. */
    private static Mask cards() {
        var pattern = Pattern.compile(CARD);
        return (text, lower) -> pattern.matcher(text).replaceAll(found -> {
            var number = found.group();
            return passesLuhn(number) ? "[card number]" : Matcher.quoteReplacement(number);
        });
    }

    /** https://www.iso.org/standard/70484.html, annex B. */
    private static boolean passesLuhn(String number) {
        var sum = 0;
        var second = false;
        for (int at = number.length() - 1; at >= 0; at--) {
            if (Character.isDigit(number.charAt(at))) {
                var digit = number.charAt(at) - '0';
                var doubled = second ? digit * 2 : digit;
                sum += doubled > 9 ? doubled - 9 : doubled;
                second = !second;
            }
        }
        return sum % 10 == 0;
    }
}
