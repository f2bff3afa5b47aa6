package dev.drydock.console.page;

import dev.drydock.config.ListSettings;
import dev.drydock.config.ListSettings.Setting;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.config.SmallRyeConfig;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;

/** The settings of this process: value, and where it comes from. Secrets are masked. */
@Path("/settings")
@Produces(MediaType.TEXT_HTML)
public final class SettingsPage {

    @CheckedTemplate(basePath = "page")
    static class Templates {

        static native TemplateInstance settings(Page page, List<Setting> given, List<Setting> defaults);
    }

    private final Pages pages;

    SettingsPage(Pages pages) {
        this.pages = pages;
    }

    @GET
    public TemplateInstance show() {
        var all = ListSettings.of(ConfigProvider.getConfig().unwrap(SmallRyeConfig.class));
        return Templates.settings(
                pages.page(Section.SETTINGS, "Settings"),
                all.stream().filter(Setting::isSet).toList(),
                all.stream().filter(setting -> !setting.isSet()).toList());
    }
}
