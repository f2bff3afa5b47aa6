package dev.drydock.console.page;

/** The parts of the page, in the order of its navigation. */
public enum Section {
    HOME("Home", "/"),
    RUNS("Runs", "/runs"),
    REVIEW("Review", "/review"),
    SHADOW("Shadow", "/shadow"),
    EVALS("Evals", "/evals"),
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

    public String title() {
        return title;
    }

    public String path() {
        return path;
    }
}
