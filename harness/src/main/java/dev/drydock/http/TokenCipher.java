package dev.drydock.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Encrypts with AES-256 in Galois/Counter Mode: a random nonce of 12 bytes, then the encrypted text with its tag, in Base64. */
public final class TokenCipher {

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final byte[] purpose;
    private final SecureRandom random = new SecureRandom();

    /**
     * @param key 32 bytes in Base64
     * @param purpose what was encrypted for one purpose cannot be decrypted for another
     */
    public TokenCipher(String key, String purpose) {
        this.key = new SecretKeySpec(Base64.getDecoder().decode(key), "AES");
        this.purpose = purpose.getBytes(UTF_8);
    }

    public String encrypt(String text) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            var encrypted = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(text.getBytes(UTF_8));
            return Base64.getEncoder()
                    .encodeToString(ByteBuffer.allocate(nonce.length + encrypted.length)
                            .put(nonce)
                            .put(encrypted)
                            .array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES/GCM is not available", e);
        }
    }

    /** Empty if it was encrypted with another key or for another purpose, or changed since. */
    public Optional<String> decrypt(String encrypted) {
        var in = ByteBuffer.wrap(decode(encrypted));
        if (in.remaining() <= NONCE_BYTES) {
            return Optional.empty();
        }
        var nonce = new byte[NONCE_BYTES];
        var text = new byte[in.remaining() - NONCE_BYTES];
        in.get(nonce).get(text);
        try {
            return Optional.of(new String(cipher(Cipher.DECRYPT_MODE, nonce).doFinal(text), UTF_8));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private static byte[] decode(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(purpose);
        return cipher;
    }
}
