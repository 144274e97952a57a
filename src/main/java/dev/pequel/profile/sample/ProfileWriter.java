package dev.pequel.profile.sample;

import static dev.pequel.profile.sample.JsonDocument.object;
import static dev.pequel.profile.sample.JsonDocument.time;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.pequel.profile.sample.Catalog.Place;
import dev.pequel.profile.sample.Person.Account;
import dev.pequel.profile.sample.Person.Loyalty;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/** Writes the profile document of a person, with the attributes and the identity map. */
final class ProfileWriter {

    private final JsonDocument document = new JsonDocument();

    byte[] write(Person person, Instant origin) {
        return document.of(json -> {
            if (person.account().isPresent()) {
                Account account = person.account().get();
                object(json, "person", content -> person(content, account));
                object(json, "homeAddress", content -> address(content, person.home(), person.index()));
                if (person.work().isPresent()) {
                    object(
                            json,
                            "workAddress",
                            content -> address(content, person.work().get(), person.index() + 7));
                }
                if (account.email().isPresent()) {
                    object(json, "personalEmail", content -> {
                        content.writeStringField("address", account.email().get());
                        content.writeBooleanField("primary", true);
                    });
                }
                if (account.loyalty().isPresent()) {
                    object(
                            json,
                            "loyalty",
                            content -> loyalty(content, account.loyalty().get()));
                }
            }
            object(json, "consents", content -> consents(content, person, origin));
            object(json, "identityMap", content -> identities(content, person));
        });
    }

    private static void person(JsonGenerator json, Account account) throws IOException {
        object(json, "name", name -> {
            name.writeStringField("firstName", account.firstName());
            name.writeStringField("lastName", account.lastName());
            name.writeStringField("fullName", account.firstName() + " " + account.lastName());
        });
        if (account.gender().isPresent()) {
            json.writeStringField("gender", account.gender().get());
        }
        LocalDate birth = account.birthDate();
        json.writeStringField("birthDate", birth.toString());
        json.writeNumberField("birthYear", birth.getYear());
        json.writeNumberField("birthMonth", birth.getMonthValue());
        json.writeNumberField("birthDay", birth.getDayOfMonth());
    }

    /** Writes the country under three names, because common audiences use each of them. */
    private static void address(JsonGenerator json, Place place, int number) throws IOException {
        json.writeStringField(
                "street1", (number % 120 + 1) + " " + Catalog.STREETS.get(number % Catalog.STREETS.size()));
        json.writeStringField("city", place.city());
        json.writeStringField("postalCode", place.postalCode());
        json.writeStringField("stateProvince", place.state());
        json.writeStringField("country", place.country());
        json.writeStringField("countryCode", place.country());
        json.writeStringField("countryISO", place.country());
    }

    private static void loyalty(JsonGenerator json, Loyalty loyalty) throws IOException {
        json.writeArrayFieldStart("loyaltyID");
        json.writeString(loyalty.id());
        json.writeEndArray();
        json.writeStringField("program", "Summit Club");
        json.writeStringField("tier", loyalty.tier());
        json.writeStringField("status", loyalty.active() ? "active" : "inactive");
        json.writeNumberField("points", loyalty.points());
        time(json, "joinDate", loyalty.joined());
        time(json, "tierExpiryDate", loyalty.tierExpiry());
    }

    private static void consents(JsonGenerator json, Person person, Instant origin) throws IOException {
        object(json, "collect", collect -> collect.writeStringField("val", "y"));
        object(json, "marketing", marketing -> {
            marketing.writeStringField(
                    "preferred", Catalog.CONTACT_CHANNELS.at(person.index() % Catalog.CONTACT_CHANNELS.total()));
            object(marketing, "email", email -> email.writeStringField("val", person.acceptsEmail() ? "y" : "n"));
            object(marketing, "sms", sms -> sms.writeStringField("val", person.acceptsSms() ? "y" : "n"));
        });
        Instant asked = origin.truncatedTo(ChronoUnit.DAYS).minus(person.index() % 1000, ChronoUnit.DAYS);
        object(json, "metadata", metadata -> time(metadata, "time", asked));
    }

    private static void identities(JsonGenerator json, Person person) throws IOException {
        boolean known = person.account().isPresent();
        if (known) {
            Account account = person.account().get();
            identity(json, "crmid", true, account.crmid());
            if (account.email().isPresent()) {
                identity(json, "email", false, account.email().get());
            }
            if (account.phone().isPresent()) {
                identity(json, "phone", false, account.phone().get());
            }
        }
        if (!person.ecids().isEmpty()) {
            identity(json, "ecid", !known, person.ecids().toArray(String[]::new));
        }
    }

    /** Writes the identities of a namespace. If {@code primary}, the first one is the primary identity. */
    static void identity(JsonGenerator json, String namespace, boolean primary, String... ids) throws IOException {
        json.writeArrayFieldStart(namespace);
        for (int i = 0; i < ids.length; i++) {
            json.writeStartObject();
            json.writeStringField("id", ids[i]);
            json.writeBooleanField("primary", primary && i == 0);
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
