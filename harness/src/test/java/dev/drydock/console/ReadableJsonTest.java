package dev.drydock.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.console.ReadableJson.Part;
import org.junit.jupiter.api.Test;

/** Items and decisions are read by people. */
class ReadableJsonTest {

    private final ObjectMapper json = new ObjectMapper();

    @Test
    void names_the_parts_in_words_and_leaves_out_what_is_empty() throws Exception {
        var tree = json.readTree("""
                {"sentByMachine": true, "subject": "Hi", "note": "", "headers": {}, "unreadable": null, "sizes": [1, 2]}""");

        assertThat(ReadableJson.parts(tree))
                .containsExactly(
                        new Part("sent by machine", "true", false),
                        new Part("subject", "Hi", false),
                        new Part("sizes", "- 1\n- 2", false));
    }

    @Test
    void indents_what_is_nested() throws Exception {
        var tree = json.readTree("""
                [{"feed": "A", "links": ["x", "y"]}, {"feed": "B"}]""");

        assertThat(ReadableJson.text(tree)).isEqualTo("""
                - feed: A
                  links:
                    - x
                    - y
                - feed: B""");
    }

    @Test
    void folds_what_is_long_and_cuts_a_line() throws Exception {
        var tree = json.createObjectNode().put("body", "word ".repeat(100)).put("TOTAL_USD", 3);

        assertThat(ReadableJson.parts(tree)).extracting(Part::isLong).containsExactly(true, false);
        assertThat(ReadableJson.line(tree))
                .hasSizeLessThan(250)
                .startsWith("body: word")
                .endsWith("…");
    }
}
