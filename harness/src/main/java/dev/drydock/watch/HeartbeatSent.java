package dev.drydock.watch;

/** A check outside has been told of an agent. Fired for each ping that was taken. */
public record HeartbeatSent(String agent, String service) {}
