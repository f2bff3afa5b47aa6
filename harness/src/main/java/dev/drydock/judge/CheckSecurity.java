package dev.drydock.judge;

import static dev.drydock.judge.ChecklistLine.fails;
import static dev.drydock.judge.ChecklistLine.holds;
import static dev.drydock.judge.ChecklistLine.seen;
import static dev.drydock.judge.ChecklistLine.unseen;

import dev.drydock.config.DrydockConfig;
import dev.drydock.database.PasswordFile;
import dev.drydock.journal.AlertJournal;
import dev.drydock.journal.CheckFigures;
import dev.drydock.redact.Redactor;
import io.quarkus.runtime.LaunchMode;
import io.smallrye.config.SmallRyeConfig;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;

/** The lines about security, out of the settings' sources, and of trials in this process. */
@Singleton
class CheckSecurity {

    private static final Pattern SECRET = Pattern.compile(
            "(?i).*(api|routing|encryption)[-_]key|.*[-_.](token|secret|password)|.*(webhook|ping|heartbeat)[-_]url|DATABASE_URL");

    private static final String PROBE =
            "key sk-proj-Ab3dEf6hIj9lMn2pQr5tUv8xYz1bCd4f of jane.doe@example.com, password=correct-horse-battery";
    private static final List<String> MASKED = List.of("Ab3dEf6hIj9", "jane.doe", "correct-horse");

    private final SmallRyeConfig settings;
    private final DrydockConfig config;
    private final Redactor redactor;
    private final CheckFigures figures;
    private final AlertJournal alerts;

    CheckSecurity(Config settings, DrydockConfig config, Redactor redactor, CheckFigures figures, AlertJournal alerts) {
        this.settings = settings.unwrap(SmallRyeConfig.class);
        this.config = config;
        this.redactor = redactor;
        this.figures = figures;
        this.alerts = alerts;
    }

    List<ChecklistLine> lines() {
        return List.of(credentials(), refresh(), logs(), endpoints(), rotation());
    }

    /** A value that only refers to a variable is none. */
    private ChecklistLine credentials() {
        var written = new TreeSet<String>();
        var outside = 0;
        for (var source : settings.getConfigSources()) {
            if (source.getName().contains("microprofile-config.properties")) {
                continue; // the packaged defaults
            }
            for (var name : source.getPropertyNames()) {
                var value = SECRET.matcher(name).matches() ? source.getValue(name) : null;
                if (value == null || value.isBlank() || value.contains("${")) {
                    continue;
                }
                if (source.getName().contains(".properties") || source.getName().contains(".yaml")) {
                    written.add(name);
                } else {
                    outside++;
                }
            }
        }
        return written.isEmpty()
                ? seen(
                        ChecklistItem.S1,
                        outside > 0,
                        "%d from the environment, none in a properties file".formatted(outside),
                        "Set OPENAI_API_KEY and DATABASE_URL in the environment")
                : fails(
                        ChecklistItem.S1,
                        "in a properties file: " + String.join(", ", written),
                        "Move them to environment variables, and replace them: they are in your repository's history");
    }

    private ChecklistLine refresh() {
        var open = alerts.open().stream()
                .filter(alert -> alert.rule().equals("credentials-lost"))
                .findFirst();
        var apis = config.http().entrySet().stream()
                .filter(api -> api.getValue().oauth().isPresent())
                .map(api -> api.getKey())
                .toList();
        if (open.isPresent()) {
            return fails(ChecklistItem.S2, open.get().summary(), "docs/alerts.md#credentials-lost");
        }
        if (apis.isEmpty()) {
            return holds(ChecklistItem.S2, "not needed: no API with OAuth is configured");
        }
        var exchanged = figures.exchangedTokens();
        return seen(
                ChecklistItem.S2,
                !exchanged.isEmpty(),
                exchanged.isEmpty()
                        ? "no refresh token was exchanged yet, for " + String.join(", ", apis)
                        : "refresh token of %s exchanged at %s"
                                .formatted(
                                        exchanged.get(0).api(), exchanged.get(0).changedAt()),
                "Let the access token expire, or revoke it at its server, and run a cycle");
    }

    private ChecklistLine logs() {
        var logged = redactor.log(PROBE);
        var leaked = MASKED.stream().filter(logged::contains).toList();
        var filtered = settings.getOptionalValue("quarkus.log.console.filter", String.class)
                .filter("redact"::equals)
                .isPresent();
        return leaked.isEmpty() && filtered
                ? holds(ChecklistItem.S3, "a key, an address and a password were masked in a trial just now")
                : fails(
                        ChecklistItem.S3,
                        filtered ? "in a trial just now these were logged: " + leaked : "the filter of the log is off",
                        "Remove quarkus.log.console.filter and drydock.redact from your settings");
    }

    private ChecklistLine endpoints() {
        var guarded = config.adminToken().isPresent();
        return guarded || LaunchMode.current() == LaunchMode.NORMAL
                ? holds(
                        ChecklistItem.S4,
                        (guarded ? "DRYDOCK_ADMIN_TOKEN is required" : "the API is closed: it answers 403")
                                + "; one run of an agent at a time, others answer 409")
                : unseen(ChecklistItem.S4, "dev mode: the API is open", "Set DRYDOCK_ADMIN_TOKEN");
    }

    /** Seen if a process that started before the file's last change completed a run after it. */
    private ChecklistLine rotation() {
        var file = settings.getOptionalValue(PasswordFile.SETTING, String.class);
        if (file.isEmpty()) {
            return fails(
                    ChecklistItem.S5,
                    PasswordFile.SETTING + " is not set, so a new password needs a restart",
                    "Mount the password as a file: docs/deploy/postgres.md");
        }
        try {
            var changed = Files.getLastModifiedTime(Path.of(file.get().strip())).toInstant();
            return seen(
                    ChecklistItem.S5,
                    figures.isSurvivedBy(changed),
                    "password file changed at %s".formatted(changed),
                    "Replace the password in the database and in the file while serve runs, and wait for a cycle");
        } catch (IOException | InvalidPathException e) {
            return fails(
                    ChecklistItem.S5, PasswordFile.SETTING + " cannot be read", "Name a file that holds the password");
        }
    }
}
