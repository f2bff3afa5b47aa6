package dev.drydock.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Finds where JSON objects and lists may stand in a text: pairs of brackets, without regard to those in strings. */
final class JsonSpans {

    /** A part of a text. */
    record Span(int start, int end) {}

    private static final int CHECK_INTERRUPT = 0xFFFF;
    private static final String THINKING_ENDS = "</think>";

    private JsonSpans() {}

    /** The text without a byte order mark and without the reasoning that some models put before their answer. */
    static String withoutReasoning(String text) {
        var answer = text.startsWith("\uFEFF") ? text.substring(1) : text;
        var first = answer.stripLeading();
        if (first.startsWith("{") || first.startsWith("[") || first.startsWith("`")) {
            return answer;
        }
        var end = answer.indexOf(THINKING_ENDS);
        if (end >= 0) {
            return answer.substring(end + THINKING_ENDS.length());
        }
        return first.startsWith("<think>") ? "" : answer;
    }

    /**
     * The outermost pairs of brackets that match, in one pass.
     *
     * @param linesInStrings whether a string may go over a line's end, as JSON forbids; else a quote that is open there is
     *     taken for prose, and what was open with it
     */
    static List<Span> in(String text, boolean linesInStrings) {
        var spans = new ArrayList<Span>();
        Deque<Integer> open = new ArrayDeque<>();
        var inString = false;
        for (var at = 0; at < text.length(); at++) {
            if ((at & CHECK_INTERRUPT) == CHECK_INTERRUPT
                    && Thread.currentThread().isInterrupted()) {
                throw ModelFault.interrupted("while reading an answer", new InterruptedException());
            }
            var character = text.charAt(at);
            if (inString) {
                if (character == '\\') {
                    at++;
                } else if (character == '"') {
                    inString = false;
                } else if (character == '\n' && !linesInStrings) {
                    inString = false;
                    open.clear();
                }
            } else if (character == '{' || character == '[') {
                open.push(at);
            } else if (!open.isEmpty()) { // outside of brackets it is prose
                if (character == '"') {
                    inString = true;
                } else if (character == '}' || character == ']') {
                    close(text, spans, open, at);
                }
            }
        }
        return spans;
    }

    private static void close(String text, List<Span> spans, Deque<Integer> open, int at) {
        var start = open.pop();
        if (text.charAt(start) != (text.charAt(at) == '}' ? '{' : '[')) {
            open.clear();
            return;
        }
        while (!spans.isEmpty() && spans.get(spans.size() - 1).start() > start) {
            spans.remove(spans.size() - 1);
        }
        spans.add(new Span(start, at + 1));
    }
}
