package dev.drydock.connect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The beginning of a file, and a hash of all of it. */
final class FileContent {

    /** The usual character set of old mail that is not in UTF-8. It maps nearly every byte. */
    private static final Charset FALLBACK = Charset.forName("windows-1252");

    private final byte[] head;
    private final long size;
    private final String hash;

    FileContent(byte[] head, long size, String hash) {
        this.head = head;
        this.size = size;
        this.hash = hash;
    }

    static FileContent read(Path file, int maxBytes) throws IOException {
        var digest = sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            var head = in.readNBytes(maxBytes);
            var size = head.length + in.transferTo(OutputStream.nullOutputStream());
            return new FileContent(head, size, HexFormat.of().formatHex(digest.digest(), 0, 16));
        }
    }

    InputStream open() {
        return new ByteArrayInputStream(head);
    }

    /** How many bytes were read. */
    int length() {
        return head.length;
    }

    /** Of the whole file, in bytes. */
    long size() {
        return size;
    }

    /** 32 hexadecimal digits. */
    String hash() {
        return hash;
    }

    boolean cut() {
        return size > head.length;
    }

    boolean isUtf8() {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(head, 0, wholeCharacters()));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    String text() {
        var text = isUtf8() ? new String(head, 0, wholeCharacters(), UTF_8) : new String(head, FALLBACK);
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** Drops the last character if the truncation split it. */
    private int wholeCharacters() {
        if (!cut()) {
            return head.length;
        }
        int end = head.length;
        while (end > 0 && head.length - end < 3 && (head[end - 1] & 0xC0) == 0x80) {
            end--;
        }
        return end > 0 && (head[end - 1] & 0xC0) == 0xC0 ? end - 1 : head.length;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is not available", e);
        }
    }
}
