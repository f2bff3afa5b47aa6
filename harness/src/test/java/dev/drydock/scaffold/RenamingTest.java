package dev.drydock.scaffold;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RenamingTest {

    private static final Names OWL = Names.of("night-owl", "com.example", Optional.empty());

    @Test
    void replaces_the_names_in_files_for_deployment() {
        var renaming = Renaming.ofApplication(OWL, "x.yaml");
        var code = Renaming.ofApplication(OWL, "x.ts");

        assertThat(renaming.text("image: ghcr.io/me/drydock:1 # drydock.mode, drydock_runs, /app/drydock run triage"))
                .isEqualTo("image: ghcr.io/me/night-owl:1 # drydock.mode, drydock_runs, /app/drydock run nightowl");
        assertThat(renaming.text("postgres://drydock:x@db/drydock?a=b {job=\"drydock\", agent=\"triage\"}"))
                .isEqualTo("postgres://night-owl:x@db/night-owl?a=b {job=\"night-owl\", agent=\"nightowl\"}");
        assertThat(renaming.text("./drydock eval triage; docker run drydock run triage; DRYDOCK_AGENTS_TRIAGE_MODE"))
                .isEqualTo("./drydock eval nightowl; docker run night-owl run nightowl; DRYDOCK_AGENTS_NIGHTOWL_MODE");
        assertThat(renaming.text("curl https://drydock.fly.dev/q/health # not dev.drydock.agent"))
                .isEqualTo("curl https://night-owl.fly.dev/q/health # not dev.drydock.agent");
        assertThat(code.text("const drydock = service(\"drydock\")"))
                .isEqualTo("const drydock = service(\"night-owl\")");
    }

    @Test
    void replaces_the_name_of_a_template_in_settings_and_not_as_a_word() {
        var renaming = Renaming.ofTemplate("operator", Set.of("OperatorAgent"), OWL);

        assertThat(renaming.text("@ConfigProperty(name = \"operator.accounts\") // an operator. OperatorAgent"))
                .isEqualTo("@ConfigProperty(name = \"nightowl.accounts\") // an operator. NightOwlAgent");
        assertThat(renaming.text("%dev,test.operator.accounts=samples/operator/accounts\noperator.accounts=/data"))
                .isEqualTo("%dev,test.nightowl.accounts=samples/nightowl/accounts\nnightowl.accounts=/data");
        assertThat(renaming.text("drydock.http.operator.url, drydock.feeds.operator.urls, DRYDOCK_HTTP_OPERATOR_URL"))
                .isEqualTo("drydock.http.nightowl.url, drydock.feeds.nightowl.urls, DRYDOCK_HTTP_NIGHTOWL_URL");
    }
}
