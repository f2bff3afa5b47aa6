package dev.drydock.watch;

/** Fired for each ping about a run, in the run's thread. */
public sealed interface HeartbeatEvent {

    /** The agent that the ping is about. */
    String agent();

    /** The service's name, for people: {@code Healthchecks}. */
    String service();

    /** The service accepted a ping. */
    record Sent(String agent, String service) implements HeartbeatEvent {}

    /**
     * The service did not accept a ping, and may report a missing heartbeat.
     *
     * @param reason for people; contains neither the address, which is a secret, nor the response
     */
    record Failed(String agent, String service, String reason) implements HeartbeatEvent {}
}
