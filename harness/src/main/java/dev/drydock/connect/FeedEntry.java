package dev.drydock.connect;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

/**
 * An entry of a feed.
 *
 * @param feed the feed's title, or its host if it has none
 * @param title plain text
 * @param link a web address; empty if the entry has none
 * @param published when it was published, or last changed if the feed has no other date
 * @param summary plain text, 1,000 characters at most; empty if the entry has none
 */
@RegisterForReflection
public record FeedEntry(String feed, String title, String link, Instant published, String summary) {}
