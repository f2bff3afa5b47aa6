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

    private static final List<String> SECRETS = List.of(
            "\\b(?:sk|pk|rk)-[A-Za-z0-9_-]{16,}", // OpenAI, Anthropic, Langfuse, Stripe
            "\\blsv2_[A-Za-z0-9_]{20,}", // LangSmith
            "\\bxox[a-z]-[A-Za-z0-9-]{10,}", // Slack
            "https://hooks\\.slack\\.com/[A-Za-z0-9/_-]+",
            "\\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,})",
            "\\bglpat-[A-Za-z0-9_-]{20,}",
            "\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b", // AWS
            "\\bAIza[0-9A-Za-z_-]{30,}", // Google
            "(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]*", // JSON web tokens
            "-----BEGIN [A-Z ]*PRIVATE KEY-----[\\s\\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)");

    /** What comes before a secret stays, so that the line can still be read. */
    private static final List<String> AFTER = List.of(
            "(?i)\\b(bearer|authorization[\"']?\\s{0,3}[:=]\\s{0,3}[\"']?basic)\\s{1,3}[A-Za-z0-9._~+/=-]{12,}",
            "(?i)((?:password|passwd|pwd|secret|api[_-]?key|access[_-]?key|token)s?[\"']?\\s{0,3}[:=]\\s{0,3}[\"']?)[^\\s\"',;&]{4,}",
            "((?<![a-z0-9+.-])[a-z][a-z0-9+.-]{0,20}://[^\\s/:@]{1,100}:)[^\\s/@]{1,200}(?=@)"); // the password in a
    // URL

    private static final String MAIL =
            "(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\\.){1,8}[A-Za-z]{2,24}\\b";

    private static final String CARD = "(?<![\\w-])(?:\\d[ -]?){12,18}\\d(?![\\w-])";

    /** International ones, and those of North America; not times, ids and amounts. */
    private static final String PHONE =
            "(?<![\\w+.-])(?:\\+\\d{1,3}[ .-]?(?:\\(\\d{1,4}\\)[ .-]?)?\\d(?:[ .-]?\\d){5,12}|\\(?\\d{3}\\)?[ .-]\\d{3}[ .-]\\d{4})(?![\\w-])";

    /** A pattern and what stands in its place. */
    interface Mask {

        String mask(String text);
    }

    private SecretPatterns() {}

    static List<Mask> secrets(Map<String, String> more) {
        var masks = new ArrayList<Mask>();
        SECRETS.forEach(regex -> masks.add(all(regex, SECRET)));
        more.forEach((name, regex) -> masks.add(own(name, regex, SECRET)));
        AFTER.forEach(
                regex -> masks.add(all(regex, regex.startsWith("(?i)\\b(bearer") ? "$1 " + SECRET : "$1" + SECRET)));
        return masks;
    }

    static List<Mask> personal(Map<String, String> more) {
        var masks = new ArrayList<Mask>();
        masks.add(all(MAIL, "[mail address]"));
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

    private static Mask all(String regex, String instead) {
        var pattern = Pattern.compile(regex);
        return text -> pattern.matcher(text).replaceAll(instead);
    }

    /** Long numbers are cards only if their last digit is right. */
    private static Mask cards() {
        var pattern = Pattern.compile(CARD);
        return text -> pattern.matcher(text).replaceAll(found -> {
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
