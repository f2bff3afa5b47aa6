package dev.drydock.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files for Kubernetes hold no word that its API does not know, and keep what their comments promise. */
@Execution(ExecutionMode.CONCURRENT)
class KubernetesTest {

    private static final int SHUTDOWN_GRACE_SECONDS = 20;

    private static final Path FOLDER = Path.of("templates/deploy/kubernetes");

    private final Deployment deployment = read("serve/deployment.yaml", Deployment.class);
    private final CronJob cronJob = read("cron/cronjob.yaml", CronJob.class);

    static Stream<PodSpec> pods() {
        var test = new KubernetesTest();
        return Stream.of(test.deployment.getSpec().getTemplate().getSpec(), test.podOfCronJob());
    }

    @Test
    void the_service_and_the_budget_find_the_pods_of_the_deployment() {
        var labels = deployment.getSpec().getTemplate().getMetadata().getLabels();
        var service = read("serve/service.yaml", Service.class);
        var budget = read("serve/disruption-budget.yaml", PodDisruptionBudget.class);

        assertThat(deployment.getSpec().getSelector().getMatchLabels()).isEqualTo(labels);
        assertThat(service.getSpec().getSelector()).isEqualTo(labels);
        assertThat(budget.getSpec().getSelector().getMatchLabels()).isEqualTo(labels);
        assertThat(deployment.getSpec().getReplicas())
                .isGreaterThan(budget.getSpec().getMaxUnavailable().getIntVal());
    }

    @Test
    void the_monitor_finds_the_service_and_names_the_job_as_the_alert_rules_do() {
        var service = read("serve/service.yaml", Service.class);
        var monitor = read("serve/service-monitor.yaml", ServiceMonitor.class).getSpec();

        assertThat(monitor.getSelector().getMatchLabels())
                .isEqualTo(service.getMetadata().getLabels());
        assertThat(service.getMetadata().getLabels()).containsEntry(monitor.getJobLabel(), "drydock");
        assertThat(monitor.getEndpoints().get(0).getPath()).isEqualTo("/q/metrics");
    }

    @Test
    void each_kind_of_health_has_its_probe() {
        var container =
                deployment.getSpec().getTemplate().getSpec().getContainers().get(0);

        assertThat(container.getStartupProbe().getHttpGet().getPath()).isEqualTo("/q/health/started");
        assertThat(container.getLivenessProbe().getHttpGet().getPath()).isEqualTo("/q/health/live");
        assertThat(container.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/q/health/ready");
    }

    @Test
    void a_cycle_never_runs_beside_itself_and_only_what_a_retry_may_mend_is_retried() {
        var job = cronJob.getSpec().getJobTemplate().getSpec();
        var ends = job.getPodFailurePolicy().getRules().get(0);

        assertThat(cronJob.getSpec().getConcurrencyPolicy()).isEqualTo("Forbid");
        assertThat(ends.getAction()).isEqualTo("FailJob");
        assertThat(ends.getOnExitCodes().getOperator()).isEqualTo("In");
        assertThat(ends.getOnExitCodes().getValues()).containsExactly(2, 3, 4);
        assertThat(ends.getOnExitCodes().getContainerName())
                .isEqualTo(podOfCronJob().getContainers().get(0).getName());
        // or Kubernetes refuses the policy
        assertThat(podOfCronJob().getRestartPolicy()).isEqualTo("Never");
        assertThat(podOfCronJob().getContainers().get(0).getArgs()).containsExactly("run", "triage");
    }

    @ParameterizedTest
    @MethodSource("pods")
    void no_pod_is_more_than_an_ordinary_user_who_cannot_write_to_the_image(PodSpec pod) {
        var container = pod.getContainers().get(0);

        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getRunAsUser()).isEqualTo(1001);
        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
        assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(container.getResources().getLimits()).containsKeys("cpu", "memory");
    }

    @ParameterizedTest
    @MethodSource("pods")
    void no_file_contains_a_secret(PodSpec pod) {
        var secrets = pod.getContainers().get(0).getEnv().stream()
                .filter(variable -> variable.getName().matches(".*(KEY|TOKEN|URL|PASSWORD).*"))
                .toList();

        assertThat(secrets)
                .isNotEmpty()
                .allSatisfy(variable -> assertThat(
                                variable.getValueFrom().getSecretKeyRef().getName())
                        .isEqualTo("drydock"));
    }

    @ParameterizedTest
    @MethodSource("pods")
    void what_the_cluster_says_of_its_services_is_not_taken_for_settings(PodSpec pod) {
        assertThat(pod.getEnableServiceLinks()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("pods")
    void a_cycle_under_way_has_time_to_end(PodSpec pod) {
        assertThat(pod.getTerminationGracePeriodSeconds()).isGreaterThan(SHUTDOWN_GRACE_SECONDS);
    }

    @ParameterizedTest
    @MethodSource("pods")
    void what_is_mounted_is_there(PodSpec pod) {
        Container container = pod.getContainers().get(0);

        assertThat(container.getVolumeMounts())
                .extracting("name")
                .containsExactlyElementsOf(pod.getVolumes().stream()
                        .map(volume -> volume.getName())
                        .toList());
    }

    @Test
    void a_word_that_kubernetes_does_not_know_is_found() {
        assertThatThrownBy(() -> StrictYaml.MAPPER.readValue("spec: { replica: 2 }", Deployment.class))
                .isInstanceOf(UnrecognizedPropertyException.class)
                .hasMessageContaining("replica");
    }

    private PodSpec podOfCronJob() {
        return cronJob.getSpec().getJobTemplate().getSpec().getTemplate().getSpec();
    }

    private static <T> T read(String file, Class<T> kind) {
        return StrictYaml.read(FOLDER.resolve(file), kind);
    }
}
