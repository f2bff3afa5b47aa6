package dev.drydock.connect;

import java.util.List;

/**
 * The result of reading several feeds.
 *
 * @param entries of all feeds, newest first
 * @param faults what could not be read, one message each, for people: {@code "blog.example.com/feed.xml: answered 503"}
 */
public record FeedReading(List<FeedEntry> entries, List<String> faults) {}
