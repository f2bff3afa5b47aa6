package dev.drydock.console;

import dev.drydock.journal.Alert;
import dev.drydock.journal.AlertDelivery;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An alert as the API shows it.
 *
 * @param subject what it is about: an agent, a source, or "" for the whole process
 * @param deliveries the notifications to each channel, in their order
 */
public record AlertView(
        UUID id,
        String rule,
        String subject,
        @Nullable String agent,
        String severity,
        String summary,
        String details,
        String runbook,
        Instant openedAt,
        @Nullable Instant escalatedAt,
        @Nullable Instant resolvedAt,
        List<DeliveryView> deliveries) {

    /**
     * A notification to one channel.
     *
     * @param answer the channel's answer, or why the last attempt failed
     */
    public record DeliveryView(
            String channel,
            String turn,
            String state,
            int attempts,
            @Nullable String answer,
            @Nullable Instant sentAt) {

        static DeliveryView of(AlertDelivery delivery) {
            return new DeliveryView(
                    delivery.channel(),
                    delivery.type() == null ? "UNKNOWN" : delivery.type().name(),
                    delivery.state().name(),
                    delivery.attempts(),
                    delivery.answer(),
                    delivery.sentAt());
        }
    }

    public static AlertView of(Alert alert, String runbook, List<AlertDelivery> deliveries) {
        return new AlertView(
                alert.id(),
                alert.rule(),
                alert.subject(),
                alert.agent(),
                alert.severity().name().toLowerCase(Locale.ROOT),
                alert.summary(),
                alert.details(),
                runbook,
                alert.openedAt(),
                alert.escalatedAt(),
                alert.resolvedAt(),
                deliveries.stream().map(DeliveryView::of).toList());
    }
}
