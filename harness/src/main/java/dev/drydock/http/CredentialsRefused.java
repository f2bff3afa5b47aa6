package dev.drydock.http;

/**
 * A source gives no access: its token server gave no token, or the API refused a new one. Fired at once and with each
 * request that ends so.
 *
 * @param why for people; quotes no token, secret or answer
 */
public record CredentialsRefused(String source, String why) implements SourceAccess {}
