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
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Mail to {@code drydock.alerts.mail.to}, by the server of {@code quarkus.mailer.…}. The notifications of one alert form one
 * mail thread. The first connection is made when there is something to send.
 */
@Singleton
class MailAlerts implements AlertChannel {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final ReactiveMailer mailer;
    private final Vertx vertx;
    private final AlertSettings.Mail settings;
    private final Duration timeout;

    @Inject
    MailAlerts(DrydockConfig config, ReactiveMailer mailer, Vertx vertx) {
        this(config, mailer, vertx, TIMEOUT);
    }

    MailAlerts(DrydockConfig config, ReactiveMailer mailer, Vertx vertx, Duration timeout) {
        this.mailer = mailer;
        this.vertx = vertx;
        this.settings = config.alerts().mail();
        this.timeout = timeout;
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
            return "accepted by the mail server";
        } catch (RuntimeException e) { // not passed on as the cause: it may contain the mail or the response
            var fault = fault(e);
            if (fault instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            if (fault instanceof SMTPException smtp && smtp.isPermanent()) {
                throw new RefusedException("the mail server answered " + smtp.getReplyCode());
            }
            throw new IOException("the mail server is unavailable (%s)"
                    .formatted(fault.getClass().getSimpleName()));
        }
    }

    /** On one event loop: with two, the server's greeting may arrive before its handler is set. */
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
