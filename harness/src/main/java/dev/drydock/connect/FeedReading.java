package dev.drydock.connect;

import java.util.List;

/**
 * What several feeds had to say.
 *
 * @param entries of all feeds, newest first
 * @param faults what could not be read, in a sentence each, for people: {@code "blog.example.com/feed.xml: answered 503"}
 */
public record FeedReading(List<FeedEntry> entries, List<String> faults) {}
