package dev.drydock.http;

/** A source gives access, which it did not before, or of which nothing was known yet. */
public record CredentialsAccepted(String source) implements SourceAccess {}
