package dev.pequel.benchmark.pql;

import java.util.List;

/**
 * A segment as people write it, and the same question in two other expression languages.
 *
 * @param cel for the Common Expression Language; the profile is the variable {@code profile}
 * @param jexl for Apache JEXL; the profile's fields are variables
 */
record TypicalSegment(String name, String pql, String cel, String jexl) {

    static final List<TypicalSegment> ALL = List.of(
            new TypicalSegment(
                    "equals",
                    "homeAddress.countryCode = \"US\"",
                    "profile.homeAddress.countryCode == \"US\"",
                    "homeAddress.countryCode == 'US'"),
            new TypicalSegment(
                    "range",
                    "loyalty.points > 1000.0 and loyalty.points < 3000.0",
                    "profile.loyalty.points > 1000.0 && profile.loyalty.points < 3000.0",
                    "loyalty.points > 1000.0 && loyalty.points < 3000.0"),
            new TypicalSegment(
                    "in",
                    "person.birthYear >= 1980 and homeAddress.countryCode in [\"US\", \"CA\"]",
                    "profile.person.birthYear >= 1980 && profile.homeAddress.countryCode in [\"US\", \"CA\"]",
                    "person.birthYear >= 1980 && homeAddress.countryCode =~ ['US', 'CA']"),
            new TypicalSegment(
                    "startsWith",
                    "person.name.firstName.startsWith(\"F1\")",
                    "profile.person.name.firstName.startsWith(\"F1\")",
                    "person.name.firstName =^ 'F1'"),
            new TypicalSegment(
                    "endsWith",
                    "personalEmail.address.endsWith(\"@ex7.com\")",
                    "profile.personalEmail.address.endsWith(\"@ex7.com\")",
                    "personalEmail.address =$ '@ex7.com'"),
            new TypicalSegment(
                    "fields",
                    "homeAddress.countryCode != workAddress.countryCode",
                    "profile.homeAddress.countryCode != profile.workAddress.countryCode",
                    "homeAddress.countryCode != workAddress.countryCode"),
            new TypicalSegment(
                    "countEvents",
                    "xEvent[eventType = \"commerce.purchases\"].count() > 1",
                    "profile.xEvent.filter(e, e.eventType == \"commerce.purchases\").size() > 1",
                    "var n = 0; for (var e : xEvent) { if (e.eventType == 'commerce.purchases') { n = n + 1; } } n > 1"),
            new TypicalSegment(
                    "anyEvent",
                    "select X from xEvent where X.commerce.order.priceTotal > 400.0",
                    "profile.xEvent.exists(e, has(e.commerce) && e.commerce.order.priceTotal > 400.0)",
                    "for (var e : xEvent) { if (e.commerce != null && e.commerce.order.priceTotal > 400.0) {"
                            + " return true; } } false"),
            new TypicalSegment(
                    "anyItem",
                    "exists E from xEvent where E.eventType = \"commerce.purchases\","
                            + " I from E.productListItems where I.SKU = \"S7\"",
                    "profile.xEvent.exists(e, e.eventType == \"commerce.purchases\""
                            + " && e.productListItems.exists(i, i.SKU == \"S7\"))",
                    "for (var e : xEvent) { if (e.eventType == 'commerce.purchases') {"
                            + " for (var i : e.productListItems) { if (i.SKU == 'S7') { return true; } } } } false"),
            new TypicalSegment(
                    "everyEvent",
                    "forall E from xEvent where E.eventType != \"addToCart\"",
                    "profile.xEvent.all(e, e.eventType != \"addToCart\")",
                    "for (var e : xEvent) { if (e.eventType == 'addToCart') { return false; } } true"));

    static TypicalSegment named(String name) {
        return ALL.stream()
                .filter(segment -> segment.name.equals(name))
                .findFirst()
                .orElseThrow();
    }
}
