package dev.drydock.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.CheckedNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Playwright.CreateOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** A browser, and what it must never do: report an error, open a dialog, ask another host. */
final class Browsing implements AutoCloseable {

    static final int PHONE = 390;
    static final int DESKTOP = 1440;

    private final Playwright playwright =
            Playwright.create(new CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    private final Browser browser = playwright
            .chromium()
            .launch(new LaunchOptions()
                    .setExecutablePath(chromium().orElseThrow())
                    .setArgs(List.of("--no-sandbox")));
    private final String origin;
    private final InstantSource clock;
    private final List<String> faults = new CopyOnWriteArrayList<>();

    Browsing(String origin, InstantSource clock) {
        this.origin = origin;
        this.clock = clock;
    }

    static Optional<Path> chromium() {
        return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** A person who has logged in, with a window of that width. */
    Page person(String name, String token, int width, ColorScheme colors) {
        var page = visitor(width, colors);
        page.navigate("/login");
        page.getByLabel("Your name").fill(name);
        page.getByLabel("Admin token").fill(token);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Log in"))
                .click();
        return page;
    }

    /** A person who has not logged in, which nobody must do in dev mode. */
    Page visitor(int width, ColorScheme colors) {
        var context = browser.newContext(new NewContextOptions()
                .setBaseURL(origin)
                .setColorScheme(colors)
                .setViewportSize(width, width == PHONE ? 844 : 900));
        context.clock().setFixedTime(clock.instant().toEpochMilli());
        watch(context);
        return context.newPage();
    }

    private void watch(BrowserContext context) {
        context.onConsoleMessage(message -> {
            if (message.type().equals("error") && !message.text().contains("status of 409")) { // is meant to be seen
                faults.add(message.location() + " logged " + message.text());
            }
        });
        context.onWebError(error -> faults.add(error.page().url() + " failed: " + error.error()));
        context.onDialog(dialog -> {
            faults.add("a dialog: " + dialog.message());
            dialog.dismiss();
        });
        context.onRequest(request -> {
            if (!request.url().startsWith(origin) && !request.url().startsWith("data:")) {
                faults.add("a request to " + request.url());
            }
        });
    }

    /** Since it was asked before. */
    void reportNothing() {
        var reported = List.copyOf(faults);
        faults.clear();
        assertThat(reported).isEmpty();
    }

    /** By the rules of axe-core: https://github.com/dequelabs/axe-core/blob/develop/doc/rule-descriptions.md. */
    static List<String> violations(Page page) {
        return new AxeBuilder(page)
                .analyze().getViolations().stream()
                        .map(rule -> rule.getId() + ": "
                                + rule.getNodes().stream()
                                        .map(CheckedNode::getHtml)
                                        .limit(3)
                                        .toList())
                        .toList();
    }

    /** What reaches beyond the window's right edge, if the page can be scrolled to it. */
    static String wider(Page page) {
        return page.evaluate("""
                () => document.documentElement.scrollWidth <= document.documentElement.clientWidth ? "" :
                  Array.from(document.querySelectorAll("main *"))
                    .filter(one => one.getBoundingClientRect().right > document.documentElement.clientWidth)
                    .slice(0, 5).map(one => one.outerHTML.slice(0, 120)).join("\\n")
                """).toString();
    }

    static void keepPicture(Page page, String name) {
        page.screenshot(new ScreenshotOptions().setPath(Path.of("target/screenshots", name + ".png")));
    }

    @Override
    public void close() {
        playwright.close();
    }
}
