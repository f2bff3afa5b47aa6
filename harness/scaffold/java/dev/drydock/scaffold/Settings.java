package dev.drydock.scaffold;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Merges the settings of a template into a project's {@code application.properties}. */
final class Settings {

    private static final Pattern SETTING = Pattern.compile("(?m)^([^#\\s=][^=\\n]*)=((?:.*\\\\\\n)*.*)$");
    private static final String INBOX = "folder.inbox";

    private Settings() {}

    /**
     * Keeps what the project has set, except that its inboxes gain those that the agent reads. Appends the other settings
     * below a comment with the agent's name.
     */
    static String add(String properties, String settings, String agent) {
        var present = read(properties);
        var result = properties;
        var added = new ArrayList<String>();
        for (var line : blocks(settings)) {
            var setting = SETTING.matcher(line);
            if (!setting.find()) {
                added.add(line);
                continue;
            }
            var key = setting.group(1).strip();
            var value = present.get(key);
            if (value == null) {
                added.add(line);
            } else if (key.endsWith(INBOX)) {
                result = result.replace(key + "=" + value, key + "=" + joined(value, setting.group(2)));
            }
        }
        return added.isEmpty() ? result : result.stripTrailing() + "\n\n" + heading(agent) + String.join("", added);
    }

    /** Removes what was appended for an agent, which must be the last one. */
    static String withoutAgent(String properties, String agent) {
        var at = properties.indexOf("\n" + heading(agent));
        return at < 0 ? properties : properties.substring(0, at);
    }

    private static String heading(String agent) {
        return "# the agent " + agent + "\n";
    }

    private static Map<String, String> read(String properties) {
        var read = new TreeMap<String, String>();
        SETTING.matcher(properties)
                .results()
                .forEach(setting -> read.put(setting.group(1).strip(), setting.group(2)));
        return read;
    }

    /** Each setting with the comments before it, and the comments after the last one. */
    private static List<String> blocks(String settings) {
        var blocks = new ArrayList<String>();
        var block = new StringBuilder();
        for (var line : settings.lines().toList()) {
            block.append(line).append('\n');
            if (!line.isBlank() && !line.startsWith("#") && !line.endsWith("\\")) {
                blocks.add(block.toString());
                block.setLength(0);
            }
        }
        if (!block.toString().isBlank()) {
            blocks.add(block.toString());
        }
        return blocks;
    }

    private static String joined(String folders, String more) {
        var joined = new LinkedHashSet<>(Arrays.asList(folders.split("\\s*,\\s*")));
        joined.addAll(Arrays.asList(more.split("\\s*,\\s*")));
        return String.join(",", joined);
    }
}
