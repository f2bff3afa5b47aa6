package dev.drydock.config;

/** How often an output may be delivered. */
public enum DeliveryGuarantee {

    /** Sent until the receiver accepts it; after a crash possibly once more, with the same key. */
    AT_LEAST_ONCE,

    /** Marked before it is sent, and sent once; after a crash or an unclear result a person decides. */
    AT_MOST_ONCE
}
