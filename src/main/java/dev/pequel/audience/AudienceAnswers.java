package dev.pequel.audience;

import dev.pequel.audience.AudienceRepository.Page;
import dev.pequel.audience.AudienceRepository.Version;
import dev.pequel.database.Coalescer;
import dev.pequel.error.EncodedJson;
import dev.pequel.error.JsonEncoder;
import dev.pequel.tenant.Sandbox;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Audiences as JSON for whoever reads them, one or a page. Each is remembered, and given again when the database says that neither
 * the audience nor who refers to it has changed since; clients ask for the same audiences again and again, and reading all of one,
 * and writing it as JSON, takes longer than everything else.
 */
@ApplicationScoped
class AudienceAnswers {

    /** @param entityTag as HTTP writes it */
    record Answer(String entityTag, EncodedJson document) {

        static Answer of(StoredAudience stored, EncodedJson document) {
            return new Answer(
                    Preconditions.entityTag(
                            stored.audience().entityTag(),
                            stored.dependents().stream().map(UUID::toString).toList()),
                    document);
        }
    }

    /** Of a sandbox: the more wait for one, the fewer there are, and each is short. */
    private static final int LOOKUPS_AT_A_TIME = 1;

    private record Key(int sandbox, UUID id) {}

    private record Remembered(Version version, Answer answer) {}

    private final AudienceRepository audiences;
    private final JsonEncoder encoder;
    private final RecentlyUsed<Key, Remembered> remembered;
    private final Coalescer<Sandbox, UUID, Version> versions;

    AudienceAnswers(AudienceRepository audiences, JsonEncoder encoder, AudienceSettings settings) {
        this.audiences = audiences;
        this.encoder = encoder;
        versions = new Coalescer<>(LOOKUPS_AT_A_TIME, audiences::versions);
        remembered = new RecentlyUsed<>(
                settings.rememberedAnswers().asLongValue(),
                known -> known.answer().document().bytes().length);
    }

    /** What the sandbox's audience is now; empty where there is none. */
    Optional<Answer> find(Sandbox sandbox, UUID id) {
        Key key = new Key(sandbox.id(), id);
        Optional<Remembered> known = remembered.get(key);
        if (known.isPresent() && known.map(Remembered::version).equals(versions.submit(sandbox, id))) {
            return known.map(Remembered::answer);
        }
        Optional<StoredAudience> present = audiences.find(sandbox, id);
        if (present.isEmpty()) {
            remembered.remove(key);
        }
        return present.map(stored -> remember(key, stored));
    }

    /** One page of the audiences that match, and their number. */
    Page<EncodedJson> page(Sandbox sandbox, AudienceQuery query) {
        Page<Version> versions = audiences.versions(sandbox, query);
        List<EncodedJson> known = versions.audiences().stream()
                .flatMap(version -> remembered
                        .get(new Key(sandbox.id(), version.id()))
                        .filter(answer -> answer.version().equals(version))
                        .map(answer -> answer.answer().document())
                        .stream())
                .toList();
        if (known.size() == versions.audiences().size()) {
            return new Page<>(known, versions.total());
        }
        // All of it again, and not what is missing: a page is of one moment.
        Page<StoredAudience> page = audiences.page(sandbox, query);
        return new Page<>(
                page.audiences().stream()
                        .map(stored ->
                                remember(new Key(sandbox.id(), stored.audience().id()), stored))
                        .map(Answer::document)
                        .toList(),
                page.total());
    }

    private Answer remember(Key key, StoredAudience stored) {
        Answer answer = Answer.of(stored, encoder.encode(AudienceDocument.of(stored, Optional.empty())));
        remembered.put(key, new Remembered(stored.version(), answer));
        return answer;
    }
}
