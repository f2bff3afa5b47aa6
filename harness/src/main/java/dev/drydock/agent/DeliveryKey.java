package dev.drydock.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names one output for ever: the same item in the same version has the same key, in each attempt, process and machine.
 *
 * @param value the agent's name, a hyphen and 32 hexadecimal digits: safe in file names, URLs and headers
 */
public record DeliveryKey(String value) {

    public static DeliveryKey of(String agent, String itemId, String itemVersion) {
        // each part is preceded by its length, so that no two different triples read the same
        var triple = "%d:%s%d:%s%d:%s"
                .formatted(agent.length(), agent, itemId.length(), itemId, itemVersion.length(), itemVersion);
        return new DeliveryKey(agent + "-" + HexFormat.of().formatHex(sha256(triple), 0, 16));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
