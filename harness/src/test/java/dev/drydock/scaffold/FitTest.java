package dev.drydock.scaffold;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FitTest {

    private static final Names OWL = Names.of("night-owl", "com.example", Optional.empty());

    @Test
    void fits_what_it_is_deployed_with() {
        var fit = Fit.ofApplication(OWL, "x.yaml");
        var code = Fit.ofApplication(OWL, "x.ts");

        assertThat(fit.text("image: ghcr.io/me/drydock:1 # drydock.mode, drydock_runs, /app/drydock run triage"))
                .isEqualTo("image: ghcr.io/me/night-owl:1 # drydock.mode, drydock_runs, /app/drydock run nightowl");
        assertThat(fit.text("postgres://drydock:x@db/drydock?a=b {job=\"drydock\", agent=\"triage\"}"))
                .isEqualTo("postgres://night-owl:x@db/night-owl?a=b {job=\"night-owl\", agent=\"nightowl\"}");
        assertThat(fit.text("./drydock eval triage; docker run drydock run triage; DRYDOCK_AGENTS_TRIAGE_MODE"))
                .isEqualTo("./drydock eval nightowl; docker run night-owl run nightowl; DRYDOCK_AGENTS_NIGHTOWL_MODE");
        assertThat(fit.text("curl https://drydock.fly.dev/q/health # not dev.drydock.agent"))
                .isEqualTo("curl https://night-owl.fly.dev/q/health # not dev.drydock.agent");
        assertThat(code.text("const drydock = service(\"drydock\")"))
                .isEqualTo("const drydock = service(\"night-owl\")");
    }

    @Test
    void names_the_settings_of_a_template_after_its_agent_and_leaves_the_word_alone() {
        var fit = Fit.ofTemplate("operator", Set.of("OperatorAgent"), OWL);

        assertThat(fit.text("@ConfigProperty(name = \"operator.accounts\") // an operator. OperatorAgent"))
                .isEqualTo("@ConfigProperty(name = \"nightowl.accounts\") // an operator. NightOwlAgent");
        assertThat(fit.text("%dev,test.operator.accounts=samples/operator/accounts\noperator.accounts=/data"))
                .isEqualTo("%dev,test.nightowl.accounts=samples/nightowl/accounts\nnightowl.accounts=/data");
        assertThat(fit.text("drydock.http.operator.url, drydock.feeds.operator.urls, DRYDOCK_HTTP_OPERATOR_URL"))
                .isEqualTo("drydock.http.nightowl.url, drydock.feeds.nightowl.urls, DRYDOCK_HTTP_NIGHTOWL_URL");
    }
}
