package dev.drydock.console.page;

import dev.drydock.agent.Mode;
import dev.drydock.console.MakeStatus;
import io.quarkus.qute.RawString;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What all pages have in common, as the parameter {@code page} of each template: the frame, and how times, money and numbers
 * are written. It needs no database, so that a page can say that the database is unavailable.
 *
 * @param project the name of the project
 * @param version of the stylesheet and the script, for caches
 * @param user the name given at login; null without a login
 * @param formToken for the field {@code csrf} of each form
 * @param notice what the request before this one has done; null if it did nothing
 */
public record Page(
        String project,
        String version,
        String title,
        @Nullable Section section,
        List<AgentMode> agents,
        @Nullable String user,
        String formToken,
        @Nullable String notice,
        Clock clock) {

    private static final String NONE = "–";

    /** An agent in the header. */
    public record AgentMode(String name, Mode mode) {}

    /** The time of this request, and the zones that agents' times are written in. */
    public record Clock(Instant now, Map<String, ZoneId> zones, ZoneId zone) {

        ZoneId of(@Nullable String agent) {
            return agent == null ? zone : zones.getOrDefault(agent, zone);
        }
    }

    public List<Section> sections() {
        return Section.shown();
    }

    /** The hidden field that each form must contain. */
    public RawString formTokenField() {
        return new RawString("<input type=\"hidden\" name=\"csrf\" value=\"%s\">".formatted(formToken));
    }

    /** In the agent's zone, or the process' own for null; with the relative time, and the exact one on hover. */
    public RawString time(@Nullable Instant at, @Nullable String agent) {
        return new RawString(at == null ? NONE : Times.html(at, clock.of(agent), clock.now()));
    }

    /** How long ago, or how long until then, without markup. */
    public String relative(Instant at) {
        return Times.relative(at, clock.now());
    }

    /** From one time to another, or until now. */
    public String took(Instant from, @Nullable Instant to) {
        return Times.took(Duration.between(from, to == null ? clock.now() : to));
    }

    /** In US dollars: two digits, or as many as a small amount needs. */
    public String usd(@Nullable BigDecimal amount) {
        return amount == null ? NONE : MakeStatus.usd(amount);
    }

    /** With separators between thousands. */
    public String number(@Nullable Number number) {
        return number == null ? NONE : String.format(Locale.ROOT, "%,d", number.longValue());
    }

    /** A share from 0 to 1. */
    public String percent(@Nullable Double share) {
        return share == null ? NONE : String.format(Locale.ROOT, "%.0f %%", share * 100);
    }

    /** A mean with one digit. */
    public String rating(@Nullable Double mean) {
        return mean == null ? NONE : String.format(Locale.ROOT, "%.1f", mean);
    }
}
