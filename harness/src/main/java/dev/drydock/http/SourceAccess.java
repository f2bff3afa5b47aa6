package dev.drydock.http;

/** What a source that wants OAuth tokens makes of them. Fired in the thread that sent the request: observers must be quick. */
public sealed interface SourceAccess permits CredentialsAccepted, CredentialsRefused {

    String source();
}
