package dev.pequel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The manifest that each build writes, and what {@code docs/operations.md} says of it. */
class KubernetesIT {

    private static List<JsonNode> resources;

    @BeforeAll
    static void read() throws IOException {
        YAMLMapper yaml = new YAMLMapper();
        try (var parser = new YAMLFactory()
                .createParser(Path.of("target/kubernetes/kubernetes.yml").toFile())) {
            resources =
                    yaml.readerFor(JsonNode.class).<JsonNode>readValues(parser).readAll();
        }
    }

    @Test
    void anyClusterKnowsItsResources() {
        assertEquals(
                List.of("v1 Service", "apps/v1 Deployment"),
                resources.stream()
                        .map(resource -> resource.path("apiVersion").asText() + " "
                                + resource.path("kind").asText())
                        .toList());
        assertEquals(
                resource("Service").at("/spec/selector"), resource("Deployment").at("/spec/selector/matchLabels"));
        assertEquals(8080, container().at("/ports/0/containerPort").asInt());
    }

    @Test
    void itsImageIsTheOneThatTheOperationsPageBuilds() throws IOException {
        String image = container().path("image").asText();

        assertTrue(
                Files.readString(Path.of("docs/operations.md"))
                        .contains("docker build -f docker/Dockerfile.native -t " + image + " ."),
                image);
        assertEquals("IfNotPresent", container().path("imagePullPolicy").asText());
    }

    @Test
    void whereTheDatabaseIsComesFromTheSecretOfTheOperationsPage() throws IOException {
        String secret = container().at("/envFrom/0/secretRef/name").asText();

        assertTrue(Files.readString(Path.of("docs/operations.md"))
                .contains("kubectl create secret generic " + secret + " "));
    }

    @Test
    void kubernetesAsksWhetherItLivesIsReadyAndHasStarted() {
        assertEquals(
                "/q/health/live", container().at("/livenessProbe/httpGet/path").asText());
        assertEquals(
                "/q/health/ready",
                container().at("/readinessProbe/httpGet/path").asText());
        assertEquals(
                "/q/health/started",
                container().at("/startupProbe/httpGet/path").asText());
        for (String probe : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
            assertEquals(8080, container().path(probe).at("/httpGet/port").asInt(), probe);
        }
        // Five minutes for the migrations of a first start.
        assertEquals(300, container().at("/startupProbe/failureThreshold").asInt());
        assertEquals(1, container().at("/startupProbe/periodSeconds").asInt());
    }

    @Test
    void itAsksForWhatItTakesAndGetsNoMoreThanItsLimit() {
        assertEquals("250m", container().at("/resources/requests/cpu").asText());
        assertEquals("256Mi", container().at("/resources/requests/memory").asText());
        assertEquals("1Gi", container().at("/resources/limits/memory").asText());
    }

    @Test
    void itRunsAsNobodyAndCanWriteToItsTemporaryDirectoryAlone() {
        assertTrue(pod().at("/securityContext/runAsNonRoot").asBoolean());
        assertEquals(10001, pod().at("/securityContext/runAsUser").asInt());
        JsonNode context = container().path("securityContext");
        assertTrue(context.path("readOnlyRootFilesystem").asBoolean());
        assertEquals("false", context.path("allowPrivilegeEscalation").asText());
        assertEquals("[\"ALL\"]", context.at("/capabilities/drop").toString());
        assertEquals("RuntimeDefault", context.at("/seccompProfile/type").asText());
        assertEquals("false", pod().path("automountServiceAccountToken").asText());
        assertEquals("/tmp", container().at("/volumeMounts/0/mountPath").asText());
        assertEquals(container().at("/volumeMounts/0/name"), pod().at("/volumes/0/name"));
        assertTrue(pod().at("/volumes/0/emptyDir").isObject());
    }

    @Test
    void itIsKilledOnlyWhenWorkInProgressHadItsTime() throws IOException {
        Properties settings = new Properties();
        try (var file = Files.newBufferedReader(Path.of("src/main/resources/application.properties"))) {
            settings.load(file);
        }
        long toEnd = Duration.parse("PT" + settings.getProperty("quarkus.shutdown.timeout"))
                .toSeconds();
        long pod = pod().path("terminationGracePeriodSeconds").asLong();
        long compose = Long.parseLong(Files.readString(Path.of("docker/compose.yaml"))
                .replaceFirst("(?s).*stop_grace_period: (\\d+)s.*", "$1"));

        // Three seconds for what follows.
        assertTrue(pod >= toEnd + 3, pod + " for " + toEnd);
        assertTrue(compose >= toEnd + 3, compose + " for " + toEnd);
    }

    private static JsonNode resource(String kind) {
        return resources.stream()
                .filter(resource -> resource.path("kind").asText().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode pod() {
        return resource("Deployment").at("/spec/template/spec");
    }

    private static JsonNode container() {
        return pod().at("/containers/0");
    }
}
