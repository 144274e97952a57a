package dev.pequel.profile.store;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.database.SandboxScope;
import dev.pequel.http.request.RequestText;
import dev.pequel.problem.InvalidRequest;
import dev.pequel.problem.NotFound;
import dev.pequel.profile.Identity;
import dev.pequel.profile.store.EntityRequest.Named;
import dev.pequel.profile.store.ExperienceEvents.Page;
import dev.pequel.profile.store.ExperienceEvents.Query;
import dev.pequel.profile.store.ExperienceEvents.StoredEvent;
import dev.pequel.profile.store.Profiles.StoredProfile;
import dev.pequel.tenant.Sandbox;
import dev.pequel.tenant.Sandboxes;
import dev.pequel.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks up profiles and their events, and streams them to the response, which may exceed memory. */
@ApplicationScoped
class Entities {

    private final Profiles profiles;
    private final ExperienceEvents events;
    private final EntityDocument document;
    private final Instance<SegmentMemberships> memberships;
    private final Sandboxes sandboxes;
    private final SandboxScope rows;

    Entities(
            Profiles profiles,
            ExperienceEvents events,
            EntityDocument document,
            Instance<SegmentMemberships> memberships,
            Sandboxes sandboxes,
            SandboxScope rows) {
        this.profiles = profiles;
        this.events = events;
        this.document = document;
        this.memberships = memberships;
        this.sandboxes = sandboxes;
        this.rows = rows;
    }

    /** A response that is written after the request's lookups and checks. */
    interface Answer {
        void write(OutputStream to) throws IOException;
    }

    /**
     * Looks up one profile.
     *
     * @throws NotFound when there is no such profile or merge policy
     */
    Answer profile(Tenant tenant, Named named, List<String> fields, Optional<String> mergePolicy) {
        requireMergePolicy(tenant, mergePolicy);
        StoredProfile profile = ordinal(tenant, named)
                .flatMap(ordinal -> profiles.find(tenant, ordinal))
                .orElseThrow(() -> notFound(named));
        Optional<ObjectNode> audiences = audiences(tenant, profile.ordinal());
        return out -> document.write(profile, audiences, fields, out);
    }

    /**
     * Looks up the events of one profile.
     *
     * @param address the request's parameters for the link to the next page, each preceded by {@code &}
     * @throws NotFound when there is no such profile or merge policy
     */
    Answer events(
            Tenant tenant,
            Named named,
            Query query,
            List<String> fields,
            Optional<String> mergePolicy,
            String address) {
        requireMergePolicy(tenant, mergePolicy);
        int ordinal = ordinal(tenant, named)
                .filter(some -> existing(tenant, Set.of(some)).contains(some))
                .orElseThrow(() -> notFound(named));
        Sandbox sandbox = sandboxes.find(tenant).orElseThrow(() -> notFound(named));
        return out -> {
            try (JsonGenerator to = document.generator(out)) {
                to.writeStartObject();
                Page page = write(sandbox, ordinal, named, query, fields, to);
                to.writeObjectFieldStart("_links");
                to.writeObjectFieldStart("next");
                to.writeStringField(
                        "href",
                        page.next()
                                .map(next -> "/entities?start=" + next + address)
                                .orElse(""));
                to.writeEndObject();
                to.writeEndObject();
                to.writeEndObject();
            }
        };
    }

    /**
     * Looks up several profiles, or a page of the events of each. Identities that no profile has are left out.
     *
     * @throws NotFound when there is no such merge policy
     */
    Answer several(Tenant tenant, EntityRequest request) {
        requireMergePolicy(tenant, request.mergePolicyId());
        Map<Identity, Integer> owners = profiles.ordinals(
                tenant,
                request.identities().stream()
                        .flatMap(named -> identity(named).stream())
                        .distinct()
                        .toList());
        Map<Integer, Named> found = new LinkedHashMap<>();
        for (Named named : request.identities()) {
            ordinal(named, owners).ifPresent(ordinal -> found.putIfAbsent(ordinal, named));
        }
        Optional<Sandbox> sandbox = sandboxes.find(tenant);
        found.keySet().retainAll(existing(tenant, found.keySet()));
        return out -> {
            try (JsonGenerator to = document.generator(out)) {
                to.writeStartObject();
                for (Map.Entry<Integer, Named> one : found.entrySet()) {
                    if (request.ofEvents()) {
                        to.writeObjectFieldStart(EntityDocument.id(one.getKey()));
                        write(
                                sandbox.orElseThrow(),
                                one.getKey(),
                                one.getValue(),
                                request.events(),
                                request.fields(),
                                to);
                        to.writeEndObject();
                    } else {
                        write(tenant, sandbox.orElseThrow(), one.getKey(), request.fields(), to);
                    }
                }
                to.writeEndObject();
            }
        };
    }

    /** Reads a profile just before it is written, possibly after the request's context has ended. */
    private void write(Tenant tenant, Sandbox sandbox, int ordinal, List<String> fields, JsonGenerator to)
            throws IOException {
        Optional<StoredProfile> profile = rows.ofSandbox(sandbox.id(), () -> profiles.find(tenant, ordinal));
        if (profile.isPresent()) {
            Optional<ObjectNode> audiences = rows.ofSandbox(sandbox.id(), () -> audiences(tenant, ordinal));
            document.write(profile.get(), audiences, fields, to);
        }
    }

    private Page write(Sandbox sandbox, int ordinal, Named named, Query query, List<String> fields, JsonGenerator to)
            throws IOException {
        Page page = rows.ofSandbox(sandbox.id(), () -> events.page(sandbox, ordinal, query, named.start()));
        to.writeObjectFieldStart("_page");
        to.writeStringField("orderby", query.descending() ? "-timestamp" : "timestamp");
        to.writeStringField("start", page.ids().stream().findFirst().orElse(""));
        to.writeNumberField("count", page.ids().size());
        to.writeStringField("next", page.next().orElse(""));
        to.writeEndObject();
        to.writeArrayFieldStart("children");
        for (String id : page.ids()) {
            Optional<StoredEvent> event = rows.ofSandbox(sandbox.id(), () -> events.find(sandbox, id));
            if (event.isPresent()) {
                document.write(ordinal, event.get(), fields, to);
            }
        }
        to.writeEndArray();
        return page;
    }

    private Optional<ObjectNode> audiences(Tenant tenant, int ordinal) {
        return memberships.stream().findFirst().map(known -> known.of(tenant, ordinal));
    }

    /** The ordinals that have a profile. An entity id may contain any ordinal. */
    private Set<Integer> existing(Tenant tenant, Set<Integer> ordinals) {
        return profiles.identities(tenant, ordinals).keySet();
    }

    private Optional<Integer> ordinal(Tenant tenant, Named named) {
        return ordinal(
                named,
                identity(named)
                        .map(identity -> profiles.ordinals(tenant, List.of(identity)))
                        .orElse(Map.of()));
    }

    /** @param owners the ordinals of profiles by identity */
    private static Optional<Integer> ordinal(Named named, Map<Identity, Integer> owners) {
        Optional<Identity> identity = identity(named);
        return identity.isPresent()
                ? identity.map(owners::get)
                : EntityDocument.ordinal(named.id()).stream().boxed().findFirst();
    }

    /** The identity that names a profile. Empty if an entity id names it. */
    private static Optional<Identity> identity(Named named) {
        return named.namespace().map(namespace -> identity(namespace, named.id()));
    }

    /** @throws InvalidRequest when a part contains characters that cannot be stored */
    static Identity identity(String namespace, String id) {
        RequestText.requireStorable("entityIdNS", namespace);
        RequestText.requireStorable("entityId", id);
        return new Identity(namespace, id);
    }

    private void requireMergePolicy(Tenant tenant, Optional<String> id) {
        if (id.isPresent()
                && sandboxes
                        .find(tenant)
                        .filter(sandbox ->
                                sandbox.defaultMergePolicyId().toString().equalsIgnoreCase(id.get()))
                        .isEmpty()) {
            throw new NotFound("There is no merge policy with the id " + id.get() + ".");
        }
    }

    private static NotFound notFound(Named named) {
        return notFound(named.namespace(), named.id());
    }

    static NotFound notFound(Optional<String> namespace, String id) {
        return new NotFound(namespace
                .map(known -> "No profile has the identity " + new Identity(known, id) + ".")
                .orElse("There is no profile with the entity id " + id + "."));
    }
}
