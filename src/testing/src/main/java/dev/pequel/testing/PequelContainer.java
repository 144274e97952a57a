package dev.pequel.testing;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/**
 * A container that runs {@code pequel-local}, for projects that use Testcontainers. Build its image in a checkout of
 * Pequel: {@code docker build -f docker/Dockerfile.local -t pequel-local .}
 */
public class PequelContainer extends GenericContainer<PequelContainer> {

    private static final int PORT = 8080;
    private static final String SEEDS = "/etc/pequel/init.d";
    private static final int READABLE_BY_ALL = 0755;
    private static final Duration READY_TIMEOUT = Duration.ofMinutes(3);

    /** @param image name of the image, such as {@code pequel-local} */
    public PequelContainer(String image) {
        this(DockerImageName.parse(image));
    }

    /** @param image name of the image */
    public PequelContainer(DockerImageName image) {
        super(image);
        withExposedPorts(PORT);
        // The service is ready when its seeds are loaded.
        waitingFor(Wait.forHttp("/q/health/ready").forPort(PORT).withStartupTimeout(READY_TIMEOUT));
    }

    /** Copies a directory of seeds into the container before it starts. */
    public PequelContainer withSeeds(Path directory) {
        return withCopyFileToContainer(MountableFile.forHostPath(directory.toAbsolutePath(), READABLE_BY_ALL), SEEDS);
    }

    /** Returns access to the service in the started container. */
    public Pequel pequel() {
        return Pequel.at(URI.create("http://" + getHost() + ":" + getMappedPort(PORT)));
    }
}
