package dev.drydock.agent;

/** How far an agent's decisions may go. Set by {@code DRYDOCK_MODE}, or for each agent. */
public enum Mode {

    /** Everything runs and is recorded; nothing is delivered, then or later. The default. */
    SHADOW,

    /** Each decision and each tool call that changes the world waits until a person approves or rejects it. */
    REVIEW,

    /** Decisions are delivered. Those that were made in shadow mode stay where they are. */
    LIVE
}
