package dev.drydock.redact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.drydock.config.AlertSettings;
import dev.drydock.config.DrydockConfig;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Masks what nobody should read. Secrets always: those of known shapes, and this process's own. Personal data in logs
 * always, in records and on spans where {@code drydock.redact.personal-in-records} says so.
 */
@Singleton
public class Redactor {

    /** What is shorter is a word, and would be masked in innocent places. */
    private static final int SHORTEST_SECRET = 8;

    private static final int LONGEST_FAULT = 500;

    private final Masks secrets;
    private final Masks all;
    private final boolean personalInRecords;

    public Redactor(DrydockConfig config) {
        this.secrets = new Masks(
                literals(config), SecretPatterns.secrets(config.redact().secrets()));
        this.all = secrets.and(SecretPatterns.personal(config.redact().personal()));
        this.personalInRecords = config.redact().personalInRecords();
    }

    /** For log lines. */
    public String log(String text) {
        return all.mask(text);
    }

    /** For the journal and for spans. */
    public String record(String text) {
        return personalInRecords ? all.mask(text) : secrets.mask(text);
    }

    /** A fault for the journal: what it is and says, cut to a readable length. It may quote an answer: not for logs. */
    public String fault(Throwable fault) {
        var text = record(fault.getClass().getSimpleName() + ": "
                + fault.getMessage()); // masked before it is cut, or half a secret might stay
        return text.length() <= LONGEST_FAULT ? text : text.substring(0, LONGEST_FAULT) + "…";
    }

    /** The same for each text in a document. */
    public JsonNode record(JsonNode node) {
        return mask(node, this::record);
    }

    /** For a document that people commit: personal data in none of its texts, whatever the settings say of records. */
    public JsonNode file(JsonNode node) {
        return mask(node, all::mask);
    }

    private static JsonNode mask(JsonNode node, UnaryOperator<String> masked) {
        if (node instanceof TextNode text) {
            return TextNode.valueOf(masked.apply(text.textValue()));
        }
        if (node instanceof ObjectNode object) {
            object.properties().forEach(property -> property.setValue(mask(property.getValue(), masked)));
        } else if (node instanceof ArrayNode array) {
            for (int at = 0; at < array.size(); at++) {
                array.set(at, mask(array.get(at), masked));
            }
        }
        return node;
    }

    /** What this process was told in confidence. */
    private static List<String> literals(DrydockConfig config) {
        var traces = config.traces();
        var found = new ArrayList<String>();
        var platform = Stream.of(
                config.model().apiKey(),
                config.adminToken(),
                config.encryptionKey(),
                config.slack().webhookUrl().map(Object::toString),
                config.slack().signingSecret(),
                config.slack().botToken(),
                traces.langsmith().apiKey(),
                traces.langfuse().secretKey(),
                traces.headers().map(headers -> headers.replaceFirst("^[^=]*=", "")));
        Stream.of(platform, oauthSecrets(config), heartbeatAddresses(config), alertSecrets(config.alerts()))
                .flatMap(secrets -> secrets)
                .flatMap(Optional::stream)
                .filter(secret -> secret.length() >= SHORTEST_SECRET)
                .forEach(found::add);
        return found;
    }

    private static Stream<Optional<String>> oauthSecrets(DrydockConfig config) {
        return config.http().values().stream()
                .flatMap(source -> source.oauth().stream())
                .flatMap(oauth -> Stream.of(Optional.of(oauth.clientSecret()), oauth.refreshToken()));
    }

    private static Stream<Optional<String>> heartbeatAddresses(DrydockConfig config) {
        var ofAll = Stream.of(
                config.heartbeat().healthchecksPingUrl(), config.heartbeat().betterstackHeartbeatUrl());
        var ofOne = config.agents().values().stream()
                .flatMap(agent -> Stream.of(agent.healthchecksPingUrl(), agent.betterstackHeartbeatUrl()));
        return Stream.concat(ofAll, ofOne);
    }

    private static Stream<Optional<String>> alertSecrets(AlertSettings alerts) {
        return Stream.of(
                alerts.slack().webhookUrl(),
                alerts.pagerduty().routingKey(),
                alerts.opsgenie().apiKey(),
                alerts.webhook().url(),
                alerts.webhook().secret());
    }

    /** Texts and patterns, each with what stands in its place. */
    record Masks(List<String> literals, List<SecretPatterns.Mask> patterns) {

        Masks and(List<SecretPatterns.Mask> more) {
            return new Masks(
                    literals, Stream.concat(patterns.stream(), more.stream()).toList());
        }

        String mask(String text) {
            var masked = text;
            for (var literal : literals) {
                masked = masked.replace(literal, SecretPatterns.SECRET);
            }
            var lower = masked.toLowerCase(Locale.ROOT);
            for (var pattern : patterns) {
                masked = pattern.mask(masked, lower);
            }
            return masked;
        }
    }
}
