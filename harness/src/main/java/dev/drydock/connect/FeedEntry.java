package dev.drydock.connect;

import dev.drydock.agent.Item;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

/**
 * An entry of a feed.
 *
 * @param id the same whenever the entry is read, also after it was edited
 * @param feed the feed's title, or its host if it has none
 * @param title plain text
 * @param link a web address; empty if the entry has none
 * @param published when it was published, or last changed if the feed has no other date, or first read if it has none at all
 * @param summary plain text, 1,000 characters at most; empty if the entry has none
 */
@RegisterForReflection
public record FeedEntry(String id, String feed, String title, String link, Instant published, String summary)
        implements Item {

    public FeedEntry {
        id = id == null ? link : id; // stored before there was one
    }

    /** An entry that is known by its link, for tests. */
    public FeedEntry(String feed, String title, String link, Instant published, String summary) {
        this(link.isEmpty() ? title : link, feed, title, link, published, summary);
    }
}
