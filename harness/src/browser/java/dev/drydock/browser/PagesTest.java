package dev.drydock.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitUntilState;
import dev.drydock.MovableClock;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person does with the page, after six weeks: in Chromium, where it is installed. */
@Tag("browser")
@QuarkusTest
@TestProfile(PagesTest.Reviewed.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@SuppressWarnings("NullAway.Init")
class PagesTest {

    private static final String TOKEN = "the-admin-token-of-these-tests";
    private static final Path FOLDER = Path.of("target/browser");

    /** Outputs wait for a person. */
    public static class Reviewed implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "drydock.mode", "review",
                    "drydock.schedule", "0 6 * * *",
                    "drydock.admin-token", TOKEN,
                    "drydock.budget.daily-usd", "2.00",
                    "drydock.models.\"offline-minilm-l6-v2\".input-usd", "25", // as if it were a large one
                    "drydock.folder.inbox", FOLDER.resolve("inbox").toString(),
                    "drydock.folder.outbox", FOLDER.resolve("outbox").toString());
        }
    }

    @TestHTTPResource("/")
    String origin;

    @Inject
    SixWeeks weeks;

    @Inject
    MovableClock clock;

    private Browsing browser;

    @BeforeAll
    void passSixWeeks() throws Exception {
        Assumptions.assumeTrue(Browsing.chromium().isPresent(), "skipped: there is no Chromium here");
        Files.createDirectories(FOLDER.resolve("inbox"));
        RestAssured.baseURI = origin.replaceFirst(":\\d+/$", "");
        RestAssured.port = URI.create(origin).getPort();
        weeks.pass(FOLDER.resolve("inbox"), TOKEN);
        weeks.failAtNight(FOLDER.resolve("inbox"));
        browser = new Browsing(origin.replaceFirst("/$", ""), clock);
    }

    @AfterEach
    void reportNothing() {
        browser.reportNothing();
    }

    @AfterAll
    void close() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    @Order(1)
    void the_morning_glance_says_how_the_agent_is_and_three_clicks_say_why_last_nights_run_failed() {
        var page = person("Ada");

        assertThat(page.getByRole(AriaRole.ARTICLE)).containsText("REVIEW");
        for (var question : List.of("Running", "Working", "Costing", "Improving")) {
            assertThat(page.getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName(question)))
                    .isVisible();
        }

        page.getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName("Running"))
                .getByRole(AriaRole.LINK)
                .first()
                .click();

        assertThat(page.locator("main")).containsText(Pattern.compile("inbox"));
        assertThat(page.locator("main .verdict"))
                .containsText(Pattern.compile("source|folder", Pattern.CASE_INSENSITIVE));
    }

    @Test
    @Order(2)
    void three_are_approved_by_keyboard_one_rejected_and_one_undone() {
        var page = person("Ada");
        page.navigate("/review");
        var before = page.locator("#queue li").count();

        page.keyboard().press("j");
        page.keyboard().press("x");
        page.keyboard().press("j");
        page.keyboard().press("x");
        page.keyboard().press("j");
        page.keyboard().press("x");
        page.keyboard().press("a");
        assertThat(page.locator("#queue li")).hasCount(before - 3);

        page.keyboard().press("j");
        page.keyboard().press("r");
        assertThat(page.locator("#queue li")).hasCount(before - 4);

        page.locator("form.undo")
                .filter(new Locator.FilterOptions().setHasText("Rejected"))
                .getByRole(AriaRole.BUTTON)
                .click();
        assertThat(page.locator("#queue li")).hasCount(before - 3);

        page.keyboard().press("?");
        assertThat(page.getByRole(AriaRole.DIALOG)).isVisible();
    }

    @Test
    @Order(3)
    void one_is_edited_and_approved_and_a_second_approver_is_told_who_was_first() {
        var page = person("Ada");
        page.navigate("/review");
        page.locator("#queue li a.open").first().click();
        var entry = page.url();
        var second = person("Grace");
        second.navigate(entry);

        page.getByLabel("summary", new Page.GetByLabelOptions().setExact(false))
                .first()
                .fill("A person wrote this.");
        button(page, "Approve with these values").click();
        assertThat(page.locator("main")).containsText("A person wrote this.");

        button(second, "Approve").first().click();
        assertThat(second.locator("main")).containsText("Ada");
    }

    @Test
    @Order(4)
    void a_correction_becomes_a_case_and_a_replay_shows_no_difference() {
        var page = person("Ada");
        page.navigate("/review");
        page.locator("#queue li a.open").first().click();
        var category = page.locator("select[name='field.category']");
        var given = category.inputValue();
        category.selectOption(given.equals("SPAM") ? "BILLING" : "SPAM");
        button(page, "Record as a correction").click();

        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Replay from the records"))
                .click();
        assertThat(page.getByRole(AriaRole.STATUS).first())
                .containsText(Pattern.compile("same|identical", Pattern.CASE_INSENSITIVE));

        page.navigate("/cases/triage");
        assertThat(page.locator("main")).containsText(given + ", should have been");
    }

    @Test
    @Order(5)
    void what_a_message_says_stays_text() {
        var page = person("Ada");
        page.navigate("/runs?agent=triage");
        for (var path : List.of("/review", "/shadow/triage")) {
            page.navigate(path);
        }
        page.navigate("/review");
        var hostile = page.locator("#queue li a.open").filter(new Locator.FilterOptions().setHasText("252-"));
        hostile.first().click();

        assertThat(page.locator("main")).containsText("<script>alert('stored')</script>");
        assertThat(page.locator("main img[src=x]")).hasCount(0);
    }

    @ParameterizedTest
    @Order(6)
    @CsvSource({"390, LIGHT", "390, DARK", "1440, LIGHT", "1440, DARK"})
    void each_page_is_accessible_and_fits(int width, ColorScheme colors) throws Exception {
        weeks.deliver();
        var page = browser.person("Ada", TOKEN, width, colors);
        var run = page.locator("a[href^='/runs/']").first().getAttribute("href");
        page.navigate("/runs?agent=triage&outcome=COMPLETED");
        var good = page.locator("tbody a[href^='/runs/']").nth(2).getAttribute("href");
        page.navigate(good);
        var entry = page.locator("tbody a[href^='/entries/']").first().getAttribute("href");
        page.navigate("/review");
        var held = page.locator("#queue li a.open").first().getAttribute("href");
        var pages = Map.ofEntries(
                Map.entry("home", "/"),
                Map.entry("runs", "/runs"),
                Map.entry("failed-run", run),
                Map.entry("run", good),
                Map.entry("entry", entry),
                Map.entry("held-entry", held),
                Map.entry("review", "/review"),
                Map.entry("shadow", "/shadow/triage"),
                Map.entry("alerts", "/alerts"),
                Map.entry("check", "/check"),
                Map.entry("cost", "/cost"),
                Map.entry("scorecard", "/scorecard"),
                Map.entry("evals", "/evals"),
                Map.entry("cases", "/cases/triage"),
                Map.entry("settings", "/settings"));
        var softly = new SoftAssertions();
        pages.forEach((name, path) -> {
            softly.assertThat(page.navigate(path).status()).as(path).isEqualTo(200);
            Browsing.keepPicture(
                    page, "%s-%d-%s".formatted(name, width, colors.name().toLowerCase(Locale.ROOT)));
            softly.assertThat(Browsing.violations(page)).as(path).isEmpty();
            softly.assertThat(Browsing.wider(page)).as("%s, too wide", path).isEmpty();
        });
        softly.assertAll();
    }

    @Test
    @Order(7)
    void home_weighs_less_than_a_hundred_kilobytes() {
        var page = person("Ada");
        var bytes = new AtomicLong();
        page.onRequestFinished(request -> bytes.addAndGet(request.sizes().responseBodySize));

        page.navigate("/", new Page.NavigateOptions().setWaitUntil(WaitUntilState.LOAD));

        assertThat(bytes.get()).isBetween(10_000L, 100_000L);
    }

    private Page person(String name) {
        return browser.person(name, TOKEN, Browsing.DESKTOP, ColorScheme.LIGHT);
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
