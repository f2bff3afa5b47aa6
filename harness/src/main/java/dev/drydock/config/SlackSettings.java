package dev.drydock.config;

import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.util.Optional;

/** The ready-made Slack channel, and what it takes from Slack. */
public interface SlackSettings {

    /** An incoming webhook; without it the channel is off. */
    Optional<@WithConverter(Converters.WebAddress.class) URI> webhookUrl();

    /** Takes reactions, buttons and the command {@code /correct} at {@code POST /slack}; without it that address is closed. */
    Optional<@Pattern(regexp = AlertSettings.KEY, message = AlertSettings.NO_KEY) String> signingSecret();

    /** Posts in place of the webhook, so that reactions to its messages are feedback. Needs {@code channel}. */
    Optional<@Pattern(regexp = AlertSettings.KEY, message = AlertSettings.NO_KEY) String> botToken();

    /** The id of the channel that the bot posts to, such as {@code C024BE7LR}. */
    Optional<String> channel();

    /** Slack's API. */
    @WithDefault("https://slack.com/api")
    @WithConverter(Converters.WebAddress.class)
    URI baseUrl();

    /** Messages that it takes in a second. With 0 the pace is learned from its refusals. */
    @WithDefault("1")
    @DecimalMin("0")
    double perSecond();
}
