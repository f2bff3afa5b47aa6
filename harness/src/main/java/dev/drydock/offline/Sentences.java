package dev.drydock.offline;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A message in sentences, as far as they are worth judging.
 *
 * @param text all of it
 * @param all never empty; the subject, if there is one, is the first
 */
record Sentences(String text, List<String> all) {

    private static final Pattern PARAGRAPHS = Pattern.compile("\n\\s*\n|^(From|Subject): *", Pattern.MULTILINE);
    private static final Pattern WORD_BREAKS = Pattern.compile("\\s+");
    private static final int TELLING_WORDS = 4;
    private static final int MOST = 24;
    private static final int LONGEST = 300;

    static Sentences of(String message) {
        var sentences = new ArrayList<String>();
        for (var line : PARAGRAPHS.split(message, -1)) {
            var paragraph = line.replaceAll("\\s+", " ").strip();
            var breaks = BreakIterator.getSentenceInstance(Locale.ENGLISH);
            breaks.setText(paragraph);
            int start = breaks.first();
            for (int end = breaks.next(); end != BreakIterator.DONE; start = end, end = breaks.next()) {
                add(sentences, paragraph.substring(start, end).strip());
            }
        }
        return new Sentences(message, sentences.isEmpty() ? List.of("(no text)") : List.copyOf(sentences));
    }

    private static void add(List<String> sentences, String sentence) {
        var isAddress = sentence.matches("\\S*@\\S*|.*<\\S+@\\S+>");
        if (sentences.size() < MOST && sentence.length() > 3 && !isAddress) {
            sentences.add(sentence.length() <= LONGEST ? sentence : sentence.substring(0, LONGEST));
        }
    }

    /** Those of some length; all, if none is. */
    List<String> telling() {
        var ofLength = all.stream()
                .filter(sentence -> WORD_BREAKS.split(sentence, -1).length >= TELLING_WORDS)
                .toList();
        return ofLength.isEmpty() ? all : ofLength;
    }

    /** As they stand in the text, blank ones left out. */
    List<String> lines() {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }

    /** What is separated by blank lines. */
    List<String> paragraphs() {
        return Pattern.compile("\\n\\s*\\n")
                .splitAsStream(text)
                .map(String::strip)
                .filter(paragraph -> !paragraph.isEmpty())
                .toList();
    }

    String first() {
        return all.get(0);
    }
}
