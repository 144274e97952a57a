package dev.pequel.audience.content;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;

/** The commands check files by the limits of a service that is not configured otherwise. */
class ContentLimitsTest {

    @Test
    void theDefaultIsThatOfTheSettings() {
        AudienceSettings settings = new SmallRyeConfigBuilder()
                .withMapping(AudienceSettings.class)
                .build()
                .getConfigMapping(AudienceSettings.class);

        assertEquals(ContentLimits.of(settings), ContentLimits.DEFAULT);
    }
}
