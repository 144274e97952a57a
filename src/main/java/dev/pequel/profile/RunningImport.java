package dev.pequel.profile;

import dev.pequel.profile.ImportJob.Content;
import dev.pequel.profile.ImportJob.Source;
import java.time.Instant;
import java.util.UUID;

/** An import that this process is running: what does not change of its row in {@code import_job}. */
record RunningImport(UUID id, int sandbox, Content content, Source source, Instant createdAt) {}
