package dev.drydock.config;

/** What is promised about the number of times that an output is sent. */
public enum DeliveryGuarantee {

    /** Sent until the receiver has answered; after a crash perhaps once more, with the same key. */
    AT_LEAST_ONCE,

    /** Marked before it is sent, and sent once; after a crash or an unclear answer a person decides. */
    AT_MOST_ONCE
}
