package com.example.extract;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.extract.ExtractAgent.Booking;
import com.example.extract.ExtractAgent.Document;
import com.example.extract.ExtractAgent.Invoice;
import com.example.extract.ExtractAgent.Kind;
import com.example.extract.ExtractAgent.Verdict;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the checks of what the model reads, in plain Java. */
class ExtractAgentTest {

    private static final Document DOCUMENT =
            new Document("a", Instant.parse("2026-11-10T09:00:00Z"), "Invoice RE-7 of Miller & Sons");

    @Test
    void books_an_invoice_that_adds_up() {
        assertThat(ExtractAgent.checked(invoice("RE-7", "100.00", "19.00", "119"), DOCUMENT))
                .isEqualTo(new Booking(Verdict.OK, invoice("RE-7", "100.00", "19.00", "119"), List.of()));
    }

    @Test
    void has_a_person_look_at_one_that_does_not() {
        assertThat(ExtractAgent.checked(invoice("RE-7", "100.00", "19.00", "120.00"), DOCUMENT))
                .satisfies(booking -> assertThat(booking.verdict()).isEqualTo(Verdict.NEEDS_REVIEW))
                .satisfies(booking ->
                        assertThat(booking.faults()).containsExactly("net 100.00 and tax 19.00 do not make 120.00"));
        assertThat(ExtractAgent.checked(invoice("RE-7", "100.00", null, "100.00"), DOCUMENT)
                        .verdict())
                .isEqualTo(Verdict.NEEDS_REVIEW);
    }

    @Test
    void believes_no_number_that_does_not_stand_in_the_document() {
        for (var number : new String[] {null, "", "RE-8"}) {
            assertThat(ExtractAgent.checked(invoice(number, "100.00", "19.00", "119.00"), DOCUMENT)
                            .faults())
                    .containsExactly("the number does not stand in the document");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-03, 2026-12-03, OK",
        "2026-11-03, , OK",
        "2026-11-11, , OK", // the other side of the world
        "2026-11-12, , NEEDS_REVIEW",
        "2016-11-09, , NEEDS_REVIEW",
        "2026-11-03, 2026-11-02, NEEDS_REVIEW",
        "2026-11-03, 2036-12-03, NEEDS_REVIEW",
        "03.11.2026, , NEEDS_REVIEW",
        "2026-11-03, soon, NEEDS_REVIEW",
        ", 2026-12-03, NEEDS_REVIEW"
    })
    void takes_dates_for_sane_or_not(@Nullable String issued, @Nullable String due, Verdict verdict) {
        var amount = new BigDecimal("1.00");
        var invoice = new Invoice(Kind.INVOICE, "RE-7", "Miller", issued, due, amount, BigDecimal.ZERO, amount);

        assertThat(ExtractAgent.checked(invoice, DOCUMENT).verdict()).isEqualTo(verdict);
    }

    @Test
    void reads_nothing_into_what_is_no_invoice() {
        var letter = new Invoice(Kind.OTHER, "RE-7", null, null, null, null, null, null);

        assertThat(ExtractAgent.checked(letter, DOCUMENT))
                .isEqualTo(new Booking(Verdict.NOT_AN_INVOICE, null, List.of()));
    }

    private static Invoice invoice(@Nullable String number, String net, @Nullable String tax, String total) {
        return new Invoice(
                Kind.INVOICE,
                number,
                "Miller & Sons",
                "2026-11-03",
                null,
                new BigDecimal(net),
                tax == null ? null : new BigDecimal(tax),
                new BigDecimal(total));
    }
}
