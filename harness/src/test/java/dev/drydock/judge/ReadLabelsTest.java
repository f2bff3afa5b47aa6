package dev.drydock.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.judge.ReadLabels.Label;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of what people did with items. */
class ReadLabelsTest {

    @TempDir
    Path folder;

    private final ReadLabels labels = new ReadLabels(new ObjectMapper());

    @Test
    void take_quoted_fields_over_several_lines() throws Exception {
        assertThat(labels.read(file("""
                        id,note,label
                        "a, b",,BILLING
                        c,"two
                        lines and a ""quote""\",OUTAGE

                        d,x
                        """)))
                .containsExactly(new Label(2, "a, b", "BILLING"), new Label(3, "c", "OUTAGE"), new Label(6, "d", ""));
    }

    @Test
    void take_semicolons_a_byte_order_mark_and_other_names_of_the_id() throws Exception {
        assertThat(labels.read(file("\uFEFFLabel;Item_ID\r\nSPAM;7\r\n"))).containsExactly(new Label(2, "7", "SPAM"));
    }

    @Test
    void take_json_in_an_array_or_one_after_the_other() throws Exception {
        var expected = new Label[] {new Label(1, "7", "SPAM"), new Label(2, "8", "BUG")};

        assertThat(labels.read(file("[{\"id\": \"7\", \"label\": \"SPAM\"}, {\"item\": 8, \"label\": \"BUG\"}]")))
                .containsExactly(expected);
        assertThat(labels.read(file("{\"id\": \"7\", \"label\": \"SPAM\"}\n{\"id\": \"8\", \"label\": \"BUG\"}\n")))
                .containsExactly(expected);
    }

    @Test
    void name_the_columns_that_they_need() throws Exception {
        var file = file("ticket,label\n7,SPAM\n");

        assertThatThrownBy(() -> labels.read(file)).hasMessageContaining("must name the columns id and label");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("labels"), text);
    }
}
