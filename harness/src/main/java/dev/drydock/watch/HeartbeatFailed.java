package dev.drydock.watch;

/**
 * A check outside could not be told of an agent, and may soon believe that it is silent.
 *
 * @param reason for people; quotes neither the address, which is a secret, nor the answer
 */
public record HeartbeatFailed(String agent, String service, String reason) {}
