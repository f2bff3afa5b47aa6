package dev.drydock.alert.channel;

import dev.drydock.config.AlertSettings;
import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.config.DrydockConfig;
import dev.drydock.journal.Notification;
import io.quarkus.mailer.Mail;
import io.quarkus.mailer.reactive.ReactiveMailer;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.SMTPException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Mail to {@code drydock.alerts.mail.to}, by the server that {@code quarkus.mailer.…} names. The turns of one alert stand in
 * one thread. The server is first looked for when there is something to send.
 */
@Singleton
class MailAlerts implements AlertChannel {

    private final ReactiveMailer mailer;
    private final Vertx vertx;
    private final AlertSettings.Mail settings;
    private final Duration timeout;

    MailAlerts(DrydockConfig config, ReactiveMailer mailer, Vertx vertx) {
        this.mailer = mailer;
        this.vertx = vertx;
        this.settings = config.alerts().mail();
        this.timeout = config.alerts().timeout();
    }

    @Override
    public String name() {
        return "mail";
    }

    @Override
    public boolean isOn() {
        return settings.to().isPresent();
    }

    @Override
    public boolean wants(Severity severity) {
        return severity.reaches(settings.severity());
    }

    @Override
    public String send(Notification notification) throws RefusedException, IOException {
        try {
            sending(mail(notification)).await().atMost(timeout);
            return "handed to the mail server";
        } catch (RuntimeException e) { // left out of the chain, because it may quote what was sent or answered
            var fault = fault(e);
            if (fault instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            if (fault instanceof SMTPException smtp && smtp.isPermanent()) {
                throw new RefusedException("the mail server answered " + smtp.getReplyCode());
            }
            throw new IOException("the mail server did not take it (%s)"
                    .formatted(fault.getClass().getSimpleName()));
        }
    }

    /** On one event loop from end to end: between two, the server's greeting may arrive before anybody reads it. */
    private Uni<Void> sending(Mail mail) {
        var loop = vertx.getOrCreateContext();
        return Uni.createFrom()
                .deferred(() -> mailer.send(mail))
                .runSubscriptionOn(task -> loop.runOnContext(ignored -> task.run()));
    }

    private static Throwable fault(RuntimeException thrown) {
        Throwable fault = thrown;
        while (!(fault instanceof SMTPException) && fault.getCause() != null) {
            fault = fault.getCause();
        }
        return fault;
    }

    private Mail mail(Notification notification) {
        var summary = AlertText.oneLine(notification.summary());
        return new Mail()
                .setTo(settings.to().orElse(List.of()))
                .setSubject("[Drydock] %s: %s".formatted(AlertText.heading(notification), summary))
                .setText("%s\n\n%s\n\nSince %s\nRunbook: %s\n"
                        .formatted(summary, notification.details(), notification.openedAt(), notification.runbook()))
                .addHeader("References", "<%s@drydock>".formatted(notification.alertId()))
                .addHeader("Auto-Submitted", "auto-generated"); // https://www.rfc-editor.org/rfc/rfc3834
    }
}
