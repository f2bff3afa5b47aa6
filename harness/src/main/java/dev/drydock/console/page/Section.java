package dev.drydock.console.page;

import io.quarkus.runtime.LaunchMode;
import java.util.List;
import java.util.stream.Stream;

/** The parts of the page, in the order of its navigation. */
public enum Section {
    HOME("Home", "/"),
    RUNS("Runs", "/runs"),
    REVIEW("Review", "/review"),
    SHADOW("Shadow", "/shadow"),
    EVALS("Evals", "/evals"),
    PROMPT("Prompt", "/prompt"),
    SCORECARD("Scorecard", "/scorecard"),
    COST("Cost", "/cost"),
    ALERTS("Alerts", "/alerts"),
    CHECK("Check", "/check"),
    SETTINGS("Settings", "/settings");

    private final String title;
    private final String path;

    Section(String title, String path) {
        this.title = title;
        this.path = path;
    }

    /** Those of the navigation: how a prompt changes is shown in dev mode only. */
    static List<Section> shown() {
        return Stream.of(values())
                .filter(section -> section != PROMPT || LaunchMode.current() == LaunchMode.DEVELOPMENT)
                .toList();
    }

    public String title() {
        return title;
    }

    public String path() {
        return path;
    }
}
