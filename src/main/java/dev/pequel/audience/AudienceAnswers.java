package dev.pequel.audience;

import dev.pequel.audience.AudienceRepository.Version;
import dev.pequel.error.EncodedJson;
import dev.pequel.error.JsonEncoder;
import dev.pequel.tenant.Sandbox;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/**
 * Answers to whoever reads one audience. Each is remembered, and given again when the database says that neither the audience nor
 * who refers to it has changed since; clients ask for the same audiences again and again, and reading all of one, and writing it as
 * JSON, takes longer than everything else.
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

    private record Key(int sandbox, UUID id) {}

    private record Remembered(Version version, Answer answer) {}

    private final AudienceRepository audiences;
    private final JsonEncoder encoder;
    private final RecentlyUsed<Key, Remembered> remembered;

    AudienceAnswers(AudienceRepository audiences, JsonEncoder encoder, AudienceSettings settings) {
        this.audiences = audiences;
        this.encoder = encoder;
        remembered = new RecentlyUsed<>(
                settings.rememberedAnswers().asLongValue(),
                known -> known.answer().document().bytes().length);
    }

    /** What the sandbox's audience is now; empty where there is none. */
    Optional<Answer> find(Sandbox sandbox, UUID id) {
        Key key = new Key(sandbox.id(), id);
        Optional<Remembered> known = remembered.get(key);
        if (known.isPresent() && known.map(Remembered::version).equals(audiences.version(sandbox, id))) {
            return known.map(Remembered::answer);
        }
        Optional<Remembered> present = audiences.find(sandbox, id).map(this::answer);
        present.ifPresentOrElse(answer -> remembered.put(key, answer), () -> remembered.remove(key));
        return present.map(Remembered::answer);
    }

    private Remembered answer(StoredAudience stored) {
        return new Remembered(
                stored.version(), Answer.of(stored, encoder.encode(AudienceDocument.of(stored, Optional.empty()))));
    }
}
