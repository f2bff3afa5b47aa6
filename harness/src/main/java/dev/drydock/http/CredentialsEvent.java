package dev.drydock.http;

/**
 * Whether an API under {@code drydock.http} accepts Drydock's OAuth credentials. Fired in the thread that sent the request:
 * observers must be quick.
 */
public sealed interface CredentialsEvent {

    /** The name under {@code drydock.http}. */
    String api();

    /** The API accepted a token, for the first time or for the first time after a refusal. */
    record Accepted(String api) implements CredentialsEvent {}

    /**
     * The token server issued no token, or the API refused a new one. Fired at once and for each request that fails so.
     *
     * @param reason for people; contains no token, secret or response body
     */
    record Refused(String api, String reason) implements CredentialsEvent {}
}
