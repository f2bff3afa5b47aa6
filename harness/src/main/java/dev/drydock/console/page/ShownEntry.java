package dev.drydock.console.page;

import dev.drydock.agent.Mode;
import dev.drydock.console.ReadableJson.Part;
import dev.drydock.console.page.ShowDecision.Preview;
import dev.drydock.journal.Delivery;
import dev.drydock.journal.Entry;
import dev.drydock.journal.EntryDetails.Details;
import dev.drydock.journal.ProposedCall;
import dev.drydock.journal.ReviewQueue.Recent;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry for people.
 *
 * @param mode of its agent now; null if the agent is no part of this program
 * @param item its parts, as a person reads them; none after deletion
 * @param cost of all calls; null if the price of one is not known
 * @param recent the click that can still be undone; null if there is none
 */
record ShownEntry(
        Entry entry,
        Details details,
        @Nullable Mode mode,
        String deliveryKey,
        List<Part> item,
        List<DecisionField> fields,
        Preview preview,
        List<ShowCall> calls,
        @Nullable BigDecimal cost,
        List<Tool> tools,
        List<Delivery> deliveries,
        List<Happening> history,
        Buttons buttons,
        @Nullable Recent recent) {

    /** A tool call that changes the world. */
    record Tool(ProposedCall call, String words) {}

    /**
     * What a person may do now.
     *
     * @param sentence what an approval does; null if the entry does not wait for one
     */
    record Buttons(
            @Nullable String sentence,
            boolean approve,
            boolean edit,
            boolean unsure,
            boolean reject,
            boolean redeliver,
            boolean retry,
            boolean judge,
            boolean decideAgain) {}
}
