package dev.drydock.agent;

/**
 * The receiver's answer to a delivery.
 *
 * @param reference where to find the output on the other side: a path, a URL, a message id
 */
public record Receipt(String reference) {}
