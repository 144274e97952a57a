package dev.pequel.profile.importing;

import dev.pequel.profile.importing.ImportJob.Content;
import dev.pequel.profile.importing.ImportJob.Source;
import java.time.Instant;
import java.util.UUID;

/** An import that runs in this process: the columns of its row in {@code import_job} that do not change. */
record RunningImport(UUID id, int sandbox, Content content, Source source, Instant createdAt) {}
